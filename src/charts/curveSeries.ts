import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { footMarks, packPoints } from './marks.ts';
import { SERIES_STYLE } from './palette.ts';
import type { SeriesId } from '../contract/series.ts';

/** Up to this many points each one is marked; beyond, marks would hide the line. */
const MARKED_POINTS = 60;

export interface CurveLook {
  readonly name: string;
  readonly colour: string;
  readonly series: SeriesId;
}

/** A line of points without an object a point; it does not answer to the pointer, the readout does. */
export function lineSeries(look: CurveLook, xs: ArrayLike<number>, ys: ArrayLike<number>): LineSeriesOption {
  const { line, symbol } = SERIES_STYLE[look.series];
  return {
    type: 'line',
    name: look.name,
    dimensions: ['x', 'y'],
    // ECharts takes typed arrays here (with `dimensions`); its types do not say so.
    data: packPoints(xs, ys) as unknown as NonNullable<LineSeriesOption['data']>,
    showSymbol: xs.length <= MARKED_POINTS,
    symbol,
    symbolSize: 5,
    color: look.colour,
    lineStyle: { color: look.colour, width: 1.6, type: line },
    itemStyle: { color: look.colour },
    emphasis: { disabled: true },
    silent: true,
    z: 3,
  };
}

/** The measured values behind a smoothed line. */
export function faintSeries(look: CurveLook, xs: ArrayLike<number>, ys: ArrayLike<number>): LineSeriesOption {
  const { colour } = look;
  return {
    ...lineSeries(look, xs, ys),
    showSymbol: false,
    lineStyle: { color: colour, width: 1, type: 'solid', opacity: 0.28 },
    z: 2,
  };
}

/** A cross where each stretch that is not finite begins; none where all is finite. */
export function notFiniteMarks(look: CurveLook, xs: ArrayLike<number>, ys: ArrayLike<number>): CustomSeriesOption[] {
  const starts: number[] = [];
  for (let index = 0; index < ys.length; index += 1) {
    if (!Number.isFinite(ys[index]) && (index === 0 || Number.isFinite(ys[index - 1]))) starts.push(xs[index]!);
  }
  return starts.length === 0 ? [] : [footMarks({ name: look.name, colour: look.colour, xs: starts })];
}
