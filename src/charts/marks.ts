import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';

/** Half the width of a cross and of an error bar's cap, pixels. */
const HALF = 4;

/** The part of ECharts' callback arguments that the marks read. */
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;
type Params = Parameters<RenderItem>[0];
type Api = Parameters<RenderItem>[1];

/** Points as ECharts takes them without an object each: x, y, x, y, ... */
export function packPoints(xs: ArrayLike<number>, ys: ArrayLike<number>): Float64Array {
  const packed = new Float64Array(2 * xs.length);
  for (let index = 0; index < xs.length; index += 1) {
    packed[2 * index] = xs[index]!;
    packed[2 * index + 1] = ys[index]!;
  }
  return packed;
}

/** Points without a height. ECharts takes typed arrays of a Cartesian series by twos, whatever dimensions are named. */
export function placesOf(xs: ArrayLike<number>): Float64Array {
  return packPoints(xs, new Float64Array(xs.length).fill(NaN));
}

/** Small faint points that stand behind a mean: one a seed. */
export function faintDots(series: {
  readonly name: string;
  readonly colour: string;
  readonly symbol: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}): ScatterSeriesOption {
  const { name, colour, symbol, xs, ys } = series;
  return {
    type: 'scatter',
    name,
    dimensions: ['x', 'y'],
    data: packPoints(xs, ys),
    symbol,
    symbolSize: 4,
    color: colour,
    itemStyle: { color: colour, opacity: 0.4 },
    silent: true,
    z: 3,
  };
}

/** Vertical bars with caps: [x, low, high, x, low, high, ...]. */
export function errorBars(series: {
  readonly name: string;
  readonly colour: string;
  readonly bars: Float64Array;
}): CustomSeriesOption {
  return {
    type: 'custom',
    name: series.name,
    dimensions: ['x', 'low', 'high'],
    encode: { x: 0, y: [1, 2] },
    data: series.bars,
    color: series.colour,
    silent: true,
    clip: true,
    z: 4,
    renderItem: (_params, api) => {
      const [x, low] = pixelOf(api, api.value(0), api.value(1));
      const [, high] = pixelOf(api, api.value(0), api.value(2));
      const style = { stroke: series.colour, lineWidth: 1.5 };
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style,
      });
      return {
        type: 'group',
        children: [line(x, low, x, high), line(x - HALF, low, x + HALF, low), line(x - HALF, high, x + HALF, high)],
      };
    },
  };
}

/**
 * Crosses at the foot of the plot for what has no height: NaN, a failed run. `row` stacks them (0 is the lowest), so
 * that two series at one x stay apart; `label` stands beside the cross and says whose it is.
 */
export function footMarks(series: {
  readonly name: string;
  readonly colour: string;
  readonly xs: ArrayLike<number>;
  readonly row?: number;
  readonly labels?: readonly string[];
  readonly font?: string;
}): CustomSeriesOption {
  return {
    type: 'custom',
    name: series.name,
    dimensions: ['x', 'none'],
    encode: { x: 0 },
    data: placesOf(series.xs),
    color: series.colour,
    silent: true,
    clip: false,
    z: 5,
    renderItem: (params, api) => {
      const plot = plotOf(params);
      const [x] = pixelOf(api, api.value(0), 1);
      if (x < plot.x - 0.5 || x > plot.x + plot.width + 0.5) return null;
      const y = plot.y + plot.height - HALF - 4 - 13 * (series.row ?? 0);
      const style = { stroke: series.colour, lineWidth: 1.8 };
      const stroke = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style,
      });
      const text = series.labels?.[params.dataIndex] ?? '';
      const label = {
        text,
        x: x + HALF + 3,
        y,
        fill: series.colour,
        font: series.font ?? '',
        textVerticalAlign: 'middle' as const,
      };
      return {
        type: 'group',
        children: [
          stroke(x - HALF, y - HALF, x + HALF, y + HALF),
          stroke(x - HALF, y + HALF, x + HALF, y - HALF),
          ...(text === '' ? [] : [{ type: 'text' as const, style: label }]),
        ],
      };
    },
  };
}

/** Thin vertical lines through the plot, each with a word at its top, on the side where there is more room. */
export function verticalMarks(marks: {
  readonly colour: string;
  readonly font: string;
  readonly xs: ArrayLike<number>;
  readonly labels: readonly string[];
}): CustomSeriesOption {
  return {
    type: 'custom',
    dimensions: ['x', 'none'],
    encode: { x: 0 },
    data: placesOf(marks.xs),
    color: marks.colour,
    silent: true,
    clip: true,
    z: 1,
    renderItem: (params, api) => {
      const plot = plotOf(params);
      const [x] = pixelOf(api, api.value(0), 1);
      if (x < plot.x - 0.5 || x > plot.x + plot.width + 0.5) return null;
      const isRight = x > plot.x + plot.width / 2;
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: x, y1: plot.y, x2: x, y2: plot.y + plot.height },
            style: { stroke: marks.colour, lineWidth: 1, lineDash: [3, 3] },
          },
          {
            type: 'text',
            style: {
              text: marks.labels[params.dataIndex] ?? '',
              x: isRight ? x - 4 : x + 4,
              y: plot.y + 2,
              textAlign: isRight ? 'right' : 'left',
              fill: marks.colour,
              font: marks.font,
            },
          },
        ],
      };
    },
  };
}

/** Where a point of the chart stands on the canvas. */
export function pixelOf(api: Api, x: unknown, y: unknown): [number, number] {
  const [left, top] = api.coord([Number(x), Number(y)]);
  return [left!, top!];
}

/** The plot's rectangle on the canvas. */
export function plotOf(params: Params): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = params.coordSys as unknown as Record<'x' | 'y' | 'width' | 'height', number>;
  return { x, y, width, height };
}
