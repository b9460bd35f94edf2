import { decimalsFor, fixed, formatWithSpread, typographic } from '../analysis/format.ts';
import { labelOf } from '../analysis/studySeries.ts';
import type { ReferenceSeries } from '../contract/reference.ts';
import type { StudyCell, StudyTable } from '../contract/study.ts';
import { byHeight, type Readout, type ReadoutRow } from './chart.ts';
import type { DepthAxis } from './depthAxis.ts';
import { seriesName, type BarKind } from './depthNames.ts';
import type { DepthMetric } from './depthMetric.ts';
import { shownInterval } from './depthRange.ts';
import { familyColour, SERIES_STYLE } from './palette.ts';
import { publishedValue } from './referenceSeries.ts';
import type { ChartTheme } from './theme.ts';

interface Shown {
  readonly bars: BarKind;
  readonly table: StudyTable;
  readonly references: readonly ReferenceSeries[];
  readonly metric: DepthMetric;
  readonly axis: DepthAxis;
  readonly theme: ChartTheme;
}

/** Everything at one depth: the means with their intervals, each seed, each failure's reason, each published figure. */
export function depthReadout(shown: Shown, x: number): Readout | null {
  const { table, references, axis } = shown;
  const depth = axis.nearest(x);
  if (depth === null) return null;
  const rows = [
    ...table.cells.filter((cell) => cell.depth === depth).flatMap((cell) => cellRows(cell, shown)),
    ...references.flatMap((reference) => referenceRows(reference, depth, shown)),
  ];
  return { title: `${depth} layers`, x: depth, rows: rows.sort(byHeight) };
}

function cellRows(cell: StudyCell, { table, metric, theme, bars }: Shown): ReadoutRow[] {
  const { glyph } = SERIES_STYLE[cell.series];
  const label = labelOf(table.series, cell.series);
  const series = { series: seriesName(table, cell.series, bars), colour: familyColour(cell.series, theme.mode) };
  const rows: ReadoutRow[] = cell.values.map(({ runId, seed, value }) => {
    const y = metric.show(value);
    return { ...series, name: `${label}, seed ${seed}`, value: say(y, metric), glyph: '•', y, runId, isMinor: true };
  });
  if (cell.mean !== null)
    rows.push({ ...series, ...meanTexts(cell, cell.mean, metric), name: `${label}, mean`, glyph });
  const failures = [...cell.failed, ...cell.stopped].map(({ runId, seed, reason }): ReadoutRow => {
    return { ...series, name: `${label}, seed ${seed}`, value: 'no result', note: reason, glyph: '×', y: null, runId };
  });
  return [...rows, ...failures];
}

function meanTexts(cell: StudyCell, mean: number, metric: DepthMetric): Pick<ReadoutRow, 'value' | 'note' | 'y'> {
  const y = metric.show(mean);
  const interval = shownInterval(metric, cell.interval);
  if (interval === null) return { y, value: say(y, metric), note: `n = ${cell.n}` };
  const half = (interval[1] - interval[0]) / 2;
  const digits = decimalsFor(half);
  const [low, high] = interval.map((bound) => typographic(fixed(bound, digits)));
  return {
    y,
    value: typographic(fixed(y, digits)) + metric.unit,
    note: `95 % interval ${low} to ${high}, n = ${cell.n}`,
  };
}

function referenceRows(reference: ReferenceSeries, depth: number, { metric, theme }: Shown): ReadoutRow[] {
  return reference.points
    .filter((point) => point.depth === depth)
    .map((point) => {
      const { version, spread } = point;
      const y = publishedValue(point, metric);
      const common = {
        series: reference.title,
        name: `${reference.title}, ${version.toUpperCase()}`,
        note: reference.source,
        colour: familyColour(version, theme.mode),
        y,
      };
      if (y === null) return { ...common, value: 'fails', glyph: '×' };
      const value = spread === null ? say(y, metric) : formatWithSpread(y, spread) + metric.unit;
      return { ...common, value, glyph: SERIES_STYLE[version].outline };
    });
}

function say(value: number, { decimals, unit }: DepthMetric): string {
  return typographic(fixed(value, decimals)) + unit;
}
