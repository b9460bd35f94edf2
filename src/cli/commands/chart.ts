import type { Command } from 'commander';
import { addCurveChart } from '../curveChart.ts';
import { addDepthCharts } from '../depthCharts.ts';
import { addLayerChart } from '../layerChart.ts';
import { addMapChart } from '../mapChart.ts';

const EXAMPLES = `
Examples:
  depthlab chart depth 1 --out accuracy.svg
  depthlab chart depth 1 --metric testError --published paper --out error.svg
  depthlab chart difference 1 --format tex > difference.tex
  depthlab chart curves --study 1 --metric testAccuracy --out curves.svg
  depthlab chart curves 3 5 --metric loss --smoothing 0.9 --log-y --out loss.svg
  depthlab chart layers 3 5 --step 100 --out norms.svg
  depthlab chart map 3 --quantity updateRatio --out map.svg

The charts of the window, drawn without one: in its light colours, for paper. SVG is text, so that Inkscape and LaTeX can
change it; csv has the numbers behind.`;

export function addChartCommand(program: Command): void {
  const chart = program.command('chart').description('charts as SVG, CSV and LaTeX').addHelpText('after', EXAMPLES);
  addDepthCharts(chart);
  addCurveChart(chart);
  addLayerChart(chart);
  addMapChart(chart);
}
