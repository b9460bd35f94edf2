import type { ReferenceSeries } from '../../../contract/reference.ts';
import type { SeriesHead } from '../../../contract/series.ts';
import type { StudyTable } from '../../../contract/study.ts';
import { axesOf, chartBase, legend } from './axes.ts';
import type { Chart, ChartView, PlotCurve } from './chart.ts';
import { depthAxis } from './depthAxis.ts';
import { depthMetric, type DepthMetric } from './depthMetric.ts';
import { seriesName } from './depthNames.ts';
import { depthRange, shownInterval } from './depthRange.ts';
import { depthReadout } from './depthReadout.ts';
import { measuredSeries, referenceSeries, withMean } from './depthSeries.ts';
import { depthTable } from './depthTable.ts';
import { familyColour } from './palette.ts';
import type { ChartTheme } from './theme.ts';

export interface DepthChartOptions {
  readonly table: StudyTable;
  /** Published figures of the same data set; drawn only where the metric is an accuracy or its error. */
  readonly references?: readonly ReferenceSeries[];
  readonly theme: ChartTheme;
  /** Shows an accuracy as the error that it leaves. */
  readonly asError?: boolean;
  /** On by default. */
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/**
 * A metric against depth, the series of a study side by side: means with their 95 % Student t intervals, each seed as a faint dot,
 * failed runs as crosses at the foot, published figures dotted behind.
 */
export function depthChart(options: DepthChartOptions): Chart {
  const { table, theme, asError = false, logX = true, logY = false } = options;
  const metric = depthMetric(table.metric, asError);
  const references = metric.isAccuracy ? (options.references ?? []) : [];
  const axis = depthAxis({ table, references, logX });
  const scene = { metric, axis, theme };
  const published = references.flatMap(({ points }) =>
    points.map(({ errorPercent }) => metric.showError(errorPercent)),
  );
  const [min, max] = depthRange(table, metric, published, logY);
  const home: ChartView = { x: axis.span, y: { name: metric.label, log: logY, min, max } };
  const axes = axesOf(theme, axis.depths);
  const names = [...table.series.map(({ id }) => seriesName(table, id)), ...references.map(({ title }) => title)];
  return {
    home,
    axes,
    option: {
      ...chartBase(theme),
      ...axes(home),
      legend: legend(theme, names),
      series: [
        ...references.flatMap((reference) => referenceSeries(reference, scene)),
        ...table.series.flatMap((head, row) =>
          measuredSeries(
            { ...head, row, name: seriesName(table, head.id) },
            table.cells.filter(({ series }) => series === head.id),
            scene,
          ),
        ),
      ],
    },
    readout: (x) => depthReadout({ table, references, ...scene }, x),
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
    version: id,
    colour: familyColour(id, 'light'),
    xs: cells.map(({ depth }) => depth),
    ys,
    lows: ys.map((y, index) => bounds[index]?.[0] ?? y),
    highs: ys.map((y, index) => bounds[index]?.[1] ?? y),
  };
}
