import type { EChartsOption } from 'echarts';
import type { CsvCell } from '../analysis/tables/csv.ts';
import type { SeriesId } from '../contract/series.ts';
import type { AxisSpan } from './plotScale.ts';

/** Everything that is known of a chart without drawing it. Builders are pure: numbers and a theme in, this out. */
export interface Chart {
  readonly option: EChartsOption;
  /** The whole of both axes. */
  readonly home: ChartView;
  /** Both axes as they show a part of the whole. */
  axes(view: ChartView): Pick<EChartsOption, 'xAxis' | 'yAxis'>;
  /**
   * What the crosshair at x (in the axis' unit) says; null where there is nothing. `y` is the pointer's height, where a
   * pointer is on the plot: a map answers to it, curves do not.
   */
  readout(x: number, y?: number): Readout | null;
  /** The numbers behind, in full: the accessible table and the CSV file. Computed when it is asked for. */
  table(): ChartTable;
  /** The curves as a figure of a paper; absent where a chart is no set of lines. */
  plot?(): Plot;
}

export interface ChartView {
  readonly x: AxisSpan;
  readonly y: AxisSpan;
}

export interface Readout {
  readonly title: string;
  /** Where the crosshair stands, snapped to what is there. */
  readonly x: number;
  /** Sorted as the marks stand, the highest first; what has no height is last. */
  readonly rows: readonly ReadoutRow[];
}

export interface ReadoutRow {
  /** The legend's entry that shows and hides it. */
  readonly series: string;
  readonly name: string;
  readonly value: string;
  /** A quiet word beside the value: the raw value beside the smoothed one. */
  readonly aside?: string;
  /** A quiet line below the name: an interval, a source. */
  readonly note?: string;
  readonly colour: string;
  readonly glyph: string;
  /** Its height on the y axis; null for a mark at the chart's foot. */
  readonly y: number | null;
  /** One of many small marks: shown only while the pointer is near it. */
  readonly isMinor?: boolean;
  /** The run that a click on it opens. */
  readonly runId?: number;
}

export interface ChartTable {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** A figure of a paper; its axes are the chart's own. */
export interface Plot {
  readonly title: string;
  /** Ticks that are not the axis' choice. */
  readonly xTicks?: readonly number[];
  readonly curves: readonly PlotCurve[];
}

export interface PlotCurve {
  readonly name: string;
  readonly series: SeriesId | null;
  /** On white paper, whatever the page's theme. */
  readonly colour: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** Bounds of an error bar at each x. */
  readonly lows?: ArrayLike<number>;
  readonly highs?: ArrayLike<number>;
}

/** The highest first, marks without a height last. */
export function byHeight(one: { readonly y: number | null }, other: { readonly y: number | null }): number {
  return (other.y ?? -Infinity) - (one.y ?? -Infinity);
}
