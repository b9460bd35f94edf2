import type { CustomSeriesOption } from 'echarts';
import { scaleColour } from '../gradientMap/colours.ts';
import { placeOnScale } from '../gradientMap/normScale.ts';
import { pixelOf, plotOf } from '../marks.ts';
import type { ChartTheme } from '../theme.ts';
import type { Range } from '../ticks.ts';

const COMMON = { type: 'custom', silent: true } as const;
/** Between two cells, so that no background shows through, pixels. */
const OVERLAP = 0.5;
/** Pixels from the chart's top. */
const BAR = { top: 4, height: 9, text: 16, parts: 96 } as const;
/** On every colour of the scale, in both themes: a light line with a dark edge. */
const LINE = { stroke: '#ffffff', lineWidth: 1, shadowColor: '#000000', shadowBlur: 1.5, fill: 'none' } as const;

/** A rectangle around each point; with a cross where the value is not finite. */
export function cellSeries(cells: {
  readonly coordinates: readonly number[];
  /** [y][x] */
  readonly values: readonly (readonly number[])[];
  readonly half: number;
  readonly colourOf: (value: number) => string;
}): CustomSeriesOption {
  const { coordinates, values, half, colourOf } = cells;
  const points = coordinates.flatMap((y, row) => coordinates.map((x, column) => [x, y, values[row]![column]!]));
  return {
    ...COMMON,
    dimensions: ['x', 'y', 'value'],
    encode: { x: 0, y: 1 },
    data: Float64Array.from(points.flat()),
    clip: true,
    z: 2,
    renderItem: (params, api) => {
      const [centre, middle] = [Number(api.value(0)), Number(api.value(1))];
      const value = points[params.dataIndex]![2]!;
      const [x, y] = pixelOf(api, centre - half, middle + half);
      const [right, bottom] = pixelOf(api, centre + half, middle - half);
      const shape = { x, y, width: right - x + OVERLAP, height: bottom - y + OVERLAP };
      const cell = { type: 'rect' as const, shape, style: { fill: colourOf(value) } };
      if (Number.isFinite(value)) return cell;
      const stroke = (y1: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1: x, y1, x2: right, y2 },
        style: { stroke: '#000000', lineWidth: 1 },
      });
      return { type: 'group', children: [cell, stroke(y, bottom), stroke(bottom, y)] };
    },
  };
}

/** Pieces of lines: x1, y1, x2, y2 each. */
export function contourSeries(pieces: readonly number[]): CustomSeriesOption {
  return {
    ...COMMON,
    dimensions: ['x1', 'y1', 'x2', 'y2'],
    encode: { x: [0, 2], y: [1, 3] },
    data: Float64Array.from(pieces),
    clip: true,
    z: 3,
    renderItem: (_params, api) => {
      const [x1, y1] = pixelOf(api, api.value(0), api.value(1));
      const [x2, y2] = pixelOf(api, api.value(2), api.value(3));
      return { type: 'line', shape: { x1, y1, x2, y2 }, style: { ...LINE } };
    },
  };
}

/** A cross at the checkpoint itself. */
export function centreMark(): CustomSeriesOption {
  const HALF = 6;
  return {
    ...COMMON,
    dimensions: ['x', 'y'],
    data: Float64Array.of(0, 0),
    clip: true,
    z: 4,
    renderItem: (_params, api) => {
      const [x, y] = pixelOf(api, 0, 0);
      const style = { ...LINE, lineWidth: 2 };
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: x - HALF, y1: y, x2: x + HALF, y2: y }, style },
          { type: 'line', shape: { x1: x, y1: y - HALF, x2: x, y2: y + HALF }, style },
        ],
      };
    },
  };
}

/** The colour scale above the plot, with its numbers; it is part of the picture, and so of every export. */
export function scaleBar(bar: {
  readonly scale: Range;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly theme: ChartTheme;
}): CustomSeriesOption {
  const { scale, ticks, theme } = bar;
  const text = { fill: theme.muted, font: `${theme.fontSize}px ${theme.fontFamily}` };
  return {
    ...COMMON,
    dimensions: ['x', 'y'],
    data: Float64Array.of(0, 0),
    clip: false,
    z: 5,
    renderItem: (params) => {
      const plot = plotOf(params);
      const [left, width] = [plot.x + 36, plot.width - 44];
      const parts = Array.from({ length: BAR.parts }, (_, part) => ({
        type: 'rect' as const,
        shape: {
          x: left + (part * width) / BAR.parts,
          y: BAR.top,
          width: width / BAR.parts + OVERLAP,
          height: BAR.height,
        },
        style: { fill: scaleColour(part / (BAR.parts - 1)) },
      }));
      const numbers = ticks.map(({ value, text: label }) => ({
        type: 'text' as const,
        style: {
          ...text,
          text: label,
          x: left + placeOnScale(value, { range: scale, isLog: true }) * width,
          y: BAR.text,
          textAlign: 'center' as const,
        },
      }));
      const name = { type: 'text' as const, style: { ...text, text: 'Loss', x: plot.x, y: BAR.top - 1 } };
      return { type: 'group', children: [...parts, ...numbers, name] };
    },
  };
}
