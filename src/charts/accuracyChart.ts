import type { SeriesOption } from 'echarts';
import { legend } from './axes.ts';
import { byHeight, type Chart, type Plot } from './chart.ts';
import { learningCurve, type LearningCurve, type LearningCurveOptions } from './learningCurve.ts';

interface AccuracyOptions extends Pick<LearningCurveOptions, 'theme' | 'xMode' | 'logX' | 'logY' | 'smoothing'> {
  /** Of each training batch. */
  readonly training: LearningCurve;
  /** On validation or test images, at the end of each epoch. */
  readonly evaluated: LearningCurve;
  readonly lastStep: number;
}

/**
 * What a network gets right of what it learns from, faint behind what it gets right of what it has not seen. Both are
 * curves of one run and have its colour; only the batches' noise is smoothed.
 */
export function accuracyChart({ training, evaluated, lastStep, smoothing = 0, ...common }: AccuracyOptions): Chart {
  const shared = {
    ...common,
    yName: 'Accuracy',
    unit: '%',
    scale: 100,
    stepRange: [1, Math.max(1, lastStep)] as const,
  };
  const behind = learningCurve({ ...shared, curves: [training], smoothing });
  const front = learningCurve({ ...shared, curves: [evaluated] });
  const ends = [front.home.y, behind.home.y];
  const y = {
    ...front.home.y,
    min: Math.min(...ends.map(({ min }) => min)),
    max: Math.max(...ends.map(({ max }) => max)),
  };
  const home = { x: front.home.x, y };
  return {
    home,
    axes: front.axes,
    option: {
      ...front.option,
      ...front.axes(home),
      legend: legend(common.theme, [evaluated.name, training.name]),
      series: [...seriesOf(behind).map(faint), ...seriesOf(front)],
    },
    readout: (x) => {
      const [one, other] = [front.readout(x), behind.readout(x)];
      const found = other ?? one;
      return found && { ...found, rows: [...(one?.rows ?? []), ...(other?.rows ?? [])].sort(byHeight) };
    },
    table: () => {
      const [one, other] = [front.table(), behind.table()];
      return {
        caption: `Accuracy: ${evaluated.name}, and ${training.name}`,
        heads: other.heads,
        rows: [...one.rows, ...other.rows],
      };
    },
    plot: () => ({ ...plotOf(front), curves: [...plotOf(front).curves, ...plotOf(behind).curves] }),
  };
}

function seriesOf({ option }: Chart): SeriesOption[] {
  return [option.series ?? []].flat();
}

/** Of a family's line only the colour is kept: dashes between noisy points say nothing. */
function faint(series: SeriesOption): SeriesOption {
  if (series.type !== 'line') return series;
  const { lineStyle, itemStyle } = series;
  const opacity = 0.6 * (lineStyle?.opacity ?? 1);
  return {
    ...series,
    showSymbol: false,
    lineStyle: { ...lineStyle, width: 1, type: 'solid', opacity },
    itemStyle: { ...itemStyle, opacity },
  };
}

function plotOf(chart: Chart): Plot {
  return chart.plot?.() ?? { title: 'Accuracy', curves: [] };
}
