import { formatMeasurement } from '../analysis/format.ts';
import { learningRateAt, type ScheduleLength, type ScheduleRecipe } from '../analysis/schedule.ts';
import { axisEnds, chartFrame, tightEnds } from './axes.ts';
import type { Chart, ChartView } from './chart.ts';
import { drawable } from './drawable.ts';
import { packPoints } from './marks.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf } from './ticks.ts';

/** Points of a smooth schedule; its corners come on top. */
const SAMPLES = 400;

export interface ScheduleCurveOptions {
  readonly recipe: ScheduleRecipe;
  readonly length: ScheduleLength;
  readonly theme: ChartTheme;
  readonly logY?: boolean;
}

/** The learning rate of every step, before a run has made any. */
export function scheduleCurve({ recipe, length, theme, logY = false }: ScheduleCurveOptions): Chart {
  const { totalSteps, stepsPerEpoch } = length;
  const xs = scheduleSteps(recipe, totalSteps);
  const ys = xs.map((step) => learningRateAt(recipe, step, totalSteps));
  const [xMin, xMax] = tightEnds(rangeOf([xs]), false);
  const yRange = rangeOf([ys, ...(logY ? [] : [[0]])], logY);
  const [yMin, yMax] = axisEnds(yRange, logY);
  const home: ChartView = {
    x: { name: 'Step', log: false, min: xMin, max: xMax },
    y: { name: 'Learning rate', log: logY, min: yMin, max: yMax },
  };
  const frame = chartFrame(theme, home);
  return {
    ...frame,
    option: {
      ...frame.option,
      series: [
        {
          type: 'line',
          name: 'Learning rate',
          dimensions: ['x', 'y'],
          data: packPoints(xs, drawable(ys, logY)) as unknown as number[],
          showSymbol: xs.length === 1,
          color: theme.accent,
          lineStyle: { color: theme.accent, width: 1.6 },
          areaStyle: { color: theme.accent, opacity: 0.1, origin: 'start' },
          silent: true,
        },
      ],
    },
    readout: (x) => {
      const step = Math.min(totalSteps, Math.max(1, Math.round(x)));
      const rate = learningRateAt(recipe, step, totalSteps);
      const row = { series: 'Learning rate', name: 'Learning rate', colour: theme.accent, glyph: '—', y: rate };
      return {
        title: `Step ${step.toLocaleString('en')}, epoch ${Math.ceil(step / stepsPerEpoch)}`,
        x: step,
        rows: [{ ...row, value: formatMeasurement(rate) }],
      };
    },
    table: () => ({
      caption: 'Learning rate by step',
      heads: ['Step', 'Learning rate'],
      rows: Array.from(xs, (step, index) => [step, ys[index]!]),
    }),
    plot: () => ({
      title: 'Learning rate',
      curves: [{ name: 'Learning rate', series: null, colour: '#000000', xs, ys }],
    }),
  };
}

/** Steps that show the schedule as it is: evenly spread ones, and both sides of every corner and jump. */
export function scheduleSteps({ warmupSteps, milestones }: ScheduleRecipe, totalSteps: number): Float64Array {
  const corners = [warmupSteps, ...milestones.map((milestone) => Math.floor(milestone * totalSteps))];
  const steps = new Set([1, totalSteps, ...corners.flatMap((corner) => [corner, corner + 1])]);
  for (let sample = 1; sample < SAMPLES; sample += 1) steps.add(Math.round(1 + ((totalSteps - 1) * sample) / SAMPLES));
  return Float64Array.from(steps)
    .filter((step) => step >= 1 && step <= totalSteps)
    .sort();
}
