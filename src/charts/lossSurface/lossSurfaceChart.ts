import { formatMeasurement } from '../../analysis/format.ts';
import { lossSurfaceTable } from '../../analysis/lossSurface.ts';
import type { LossSurface } from '../../contract/lossSurface.ts';
import { chartFrame } from '../axes.ts';
import type { Chart, ChartView, Readout } from '../chart.ts';
import { NOT_FINITE_COLOUR, scaleColour } from '../gradientMap/colours.ts';
import { placeOnScale } from '../gradientMap/normScale.ts';
import { tickLabel } from '../tickLabel.ts';
import type { ChartTheme } from '../theme.ts';
import type { Range } from '../ticks.ts';
import { contourOf } from './contours.ts';
import { lossLevels } from './lossScale.ts';
import { cellSeries, centreMark, contourSeries, scaleBar } from './marks.ts';

export interface LossSurfaceChartOptions {
  readonly runId: number;
  readonly surface: LossSurface;
  /** Of all surfaces that are shown beside each other. */
  readonly scale: Range;
  readonly theme: ChartTheme;
}

/**
 * The loss over a plane through a checkpoint, which is at the centre: a cell for each point, coloured on a log scale that
 * stands above, and contours at the numbers of that scale. A loss that is not finite is a cell with a cross.
 */
export function lossSurfaceChart({ runId, surface, scale, theme }: LossSurfaceChartOptions): Chart {
  const { coordinates, loss } = surface;
  const far = coordinates.at(-1)!;
  const half = far / (coordinates.length - 1);
  const home: ChartView = {
    x: { name: 'Direction 1, in filter norms', log: false, min: -far - half, max: far + half },
    y: { name: 'Direction 2, in filter norms', log: false, min: -far - half, max: far + half },
  };
  const frame = chartFrame(theme, home);
  const levels = lossLevels(scale);
  const logs = loss.map((row) => row.map(Math.log));
  const colourOf = (value: number) =>
    Number.isFinite(value)
      ? scaleColour(placeOnScale(Math.max(value, scale[0]), { range: scale, isLog: true }))
      : NOT_FINITE_COLOUR;
  return {
    ...frame,
    option: {
      ...frame.option,
      series: [
        cellSeries({ coordinates, values: loss, half, colourOf }),
        ...levels.map((level) => contourSeries(contourOf(logs, coordinates, Math.log(level)))),
        centreMark(),
        scaleBar({ scale, ticks: levels.map((value) => ({ value, text: tickLabel(value) })), theme }),
      ],
    },
    readout: (x, y = 0) => readoutAt(surface, x, y),
    table: () => ({
      caption: `Loss at each point of the plane, ${surface.network}, mean of ${surface.images} images`,
      ...lossSurfaceTable([{ runId, surface }]),
    }),
  };
}

function readoutAt({ coordinates, loss, accuracy }: LossSurface, near: number, height: number): Readout {
  const [column, row] = [nearest(coordinates, near), nearest(coordinates, height)];
  const [x, y] = [coordinates[column]!, coordinates[row]!];
  const common = { colour: 'transparent', glyph: '', y };
  const value = loss[row]![column]!;
  return {
    title: `At ${tickLabel(x)} and ${tickLabel(y)}`,
    x,
    rows: [
      {
        ...common,
        series: 'loss',
        name: 'Loss',
        value: Number.isFinite(value) ? formatMeasurement(value) : 'not finite',
      },
      {
        ...common,
        series: 'accuracy',
        name: 'Accuracy',
        value: `${formatMeasurement(100 * accuracy[row]![column]!)} %`,
      },
    ],
  };
}

function nearest(coordinates: readonly number[], value: number): number {
  const distances = coordinates.map((coordinate) => Math.abs(coordinate - value));
  return distances.indexOf(Math.min(...distances));
}
