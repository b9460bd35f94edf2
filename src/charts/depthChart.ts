import type { ReferenceSeries } from '../contract/reference.ts';
import type { SeriesHead } from '../contract/series.ts';
import type { StudyTable } from '../contract/study.ts';
import type { DepthFit } from '../contract/studyReport.ts';
import { chartFrame, legend } from './axes.ts';
import type { Chart, ChartView, PlotCurve } from './chart.ts';
import { depthAxis } from './depthAxis.ts';
import { depthMetric, type DepthMetric } from './depthMetric.ts';
import { seriesName, type BarKind } from './depthNames.ts';
import { depthRange, shownInterval } from './depthRange.ts';
import { depthReadout } from './depthReadout.ts';
import { measuredSeries, withMean } from './depthSeries.ts';
import { depthTable } from './depthTable.ts';
import { fitSeries } from './fitSeries.ts';
import { familyColour } from './palette.ts';
import { publishedValue, referenceSeries } from './referenceSeries.ts';
import type { ChartTheme } from './theme.ts';

export interface DepthChartOptions {
  readonly table: StudyTable;
  /** Published figures of the same data set; drawn only where the metric is a result on the test images. */
  readonly references?: readonly ReferenceSeries[];
  readonly theme: ChartTheme;
  /** What the table's intervals are; Student's where it is left out. */
  readonly bars?: BarKind;
  /** Lines to draw behind; power laws among them are left out. */
  readonly fits?: readonly DepthFit[];
  /** On by default. */
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/**
 * A metric against depth, the series of a study side by side: means with their 95 % intervals, each seed as a faint dot,
 * failed runs as crosses at the foot, published figures dotted behind.
 */
export function depthChart(options: DepthChartOptions): Chart {
  const { table, theme, bars = 'student', logX = true, logY = false } = options;
  const fits = (options.fits ?? []).filter(({ isPowerLaw }) => !isPowerLaw);
  const metric = depthMetric(table.metric);
  const references = metric.showError === null ? [] : (options.references ?? []);
  const axis = depthAxis({ table, references, logX });
  const scene = { metric, axis, theme };
  const published = references.flatMap(({ points }) => points.flatMap((point) => publishedValue(point, metric) ?? []));
  const [min, max] = depthRange(table, metric, published, logY);
  const home: ChartView = { x: axis.span, y: { name: metric.label, log: logY, min, max } };
  const frame = chartFrame(theme, home, axis.depths);
  const names = [...table.series.map(({ id }) => seriesName(table, id, bars)), ...references.map(({ title }) => title)];
  return {
    ...frame,
    option: {
      ...frame.option,
      legend: legend(theme, names),
      series: [
        ...references.flatMap((reference) => referenceSeries(reference, scene)),
        ...table.series.flatMap((head, row) =>
          measuredSeries(
            { ...head, row, name: seriesName(table, head.id, bars) },
            table.cells.filter(({ series }) => series === head.id),
            scene,
          ),
        ),
        // Last, so that the legend's marks are those of what was measured.
        ...fits.flatMap((fit) => fitSeries(fit, seriesName(table, fit.series, bars), theme)),
      ],
    },
    readout: (x) => depthReadout({ table, references, bars, ...scene }, x),
    table: () => depthTable(table, metric),
    plot: () => ({
      title: `${table.name}: ${metric.label}`,
      xTicks: axis.depths,
      curves: table.series.map((head) => plotCurve(table, head, metric)),
    }),
  };
}

function plotCurve(table: StudyTable, { id, label }: SeriesHead, metric: DepthMetric): PlotCurve {
  const cells = withMean(table.cells.filter(({ series }) => series === id));
  const ys = cells.map(({ mean }) => metric.show(mean));
  const bounds = cells.map(({ interval }) => shownInterval(metric, interval));
  return {
    name: label,
    series: id,
    colour: familyColour(id, 'light'),
    xs: cells.map(({ depth }) => depth),
    ys,
    lows: ys.map((y, index) => bounds[index]?.[0] ?? y),
    highs: ys.map((y, index) => bounds[index]?.[1] ?? y),
  };
}
