import { Argument, Option, type Command } from 'commander';
import { QUANTITY_FACTS } from '../analysis/layerQuantities.ts';
import { marksOf } from '../charts/gradientMap/marks.ts';
import { mapTable } from '../charts/gradientMap/mapTable.ts';
import { colourScale } from '../charts/gradientMap/normScale.ts';
import { mapHome } from '../charts/gradientMap/scene.ts';
import { PAPER_THEME } from '../charts/theme.ts';
import { LAYER_QUANTITIES, type LayerQuantity } from '../contract/flow.ts';
import { addChartOptions, giveDrawing, type ChartCommandOptions } from './chartOptions.ts';
import { notRecorded } from './layerChart.ts';
import { namedRuns } from './namedRuns.ts';
import { pngAddress } from './pngAddress.ts';
import { readMap } from './readMap.ts';
import { withApi } from './session.ts';
import { identifier } from './values.ts';

interface MapChartOptions extends ChartCommandOptions {
  readonly quantity: LayerQuantity;
}

/** `chart map RUN`: a quantity of every layer at every step. */
export function addMapChart(chart: Command): void {
  const quantity = new Option('--quantity <name>', 'what is drawn of each layer');
  addChartOptions(
    chart
      .command('map')
      .description(
        'the gradient norm (or another quantity) of every layer of a run over its steps, with the marks of its health',
      )
      .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
      .addOption(quantity.choices(LAYER_QUANTITIES).default('gradientNorm'))
      .action(drawMap),
  );
}

async function drawMap(id: number, options: MapChartOptions): Promise<void> {
  const { quantity, width, height } = options;
  const { run, map, health } = await withApi(options, async (api) => {
    const [named] = await namedRuns(api, [id]);
    return {
      run: named!,
      map: await readMap(api, id, quantity, width),
      health: await api['health.read']({ runIds: [id] }),
    };
  });
  if (map.steps.length === 0) throw notRecorded(id, quantity);
  const { title, scale } = QUANTITY_FACTS[quantity];
  const caption = `${title} of ${run.name} by step and layer`;
  const scene = {
    map,
    quantity,
    width,
    height,
    view: mapHome(map),
    scale: colourScale([map], scale === 'log'),
    theme: PAPER_THEME,
    marks: health.flatMap((one) => marksOf(one, quantity)),
  };
  const drawing = {
    table: () => mapTable(map, quantity, caption),
    svg: async () => {
      const { mapSvg } = await import('../charts/gradientMap/mapSvg.ts');
      return mapSvg(scene, caption, pngAddress);
    },
  };
  await giveDrawing(drawing, options);
}
