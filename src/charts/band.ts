import type { CustomSeriesOption } from 'echarts';
import { pixelOf, placesOf } from './marks.ts';
import type { Range } from './ticks.ts';

/** An area between two curves, in one polygon for each stretch without a gap. */
export function band(series: {
  readonly name: string;
  readonly colour: string;
  readonly xs: ArrayLike<number>;
  readonly lows: ArrayLike<number>;
  readonly highs: ArrayLike<number>;
}): CustomSeriesOption {
  const { xs, lows, highs, colour } = series;
  const stretches = stretchesOf(lows, highs);
  return {
    type: 'custom',
    name: series.name,
    dimensions: ['stretch', 'none'],
    encode: {},
    // An item a stretch; its points are in the closure, because an item's own values would be one object a point.
    data: placesOf([...stretches.keys()]),
    color: colour,
    silent: true,
    clip: true,
    z: 1,
    renderItem: (params, api) => {
      const [from, to] = stretches[params.dataIndex]!;
      const edge = (bounds: ArrayLike<number>) =>
        Array.from({ length: to - from }, (_, index) => pixelOf(api, xs[from + index]!, bounds[from + index]!));
      return {
        type: 'polygon',
        shape: { points: [...edge(highs), ...edge(lows).reverse()] },
        style: { fill: colour, opacity: 0.18 },
      };
    },
  };
}

/** [from, to) of each run of points whose two bounds are finite. */
function stretchesOf(lows: ArrayLike<number>, highs: ArrayLike<number>): Range[] {
  const stretches: [number, number][] = [];
  for (let index = 0; index < lows.length; index += 1) {
    if (!Number.isFinite(lows[index]) || !Number.isFinite(highs[index])) continue;
    const last = stretches.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else stretches.push([index, index + 1]);
  }
  return stretches;
}
