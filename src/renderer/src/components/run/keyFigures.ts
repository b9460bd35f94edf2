import { epochEvaluation } from '../../../../analysis/epochEvaluation.ts';
import { formatMeasurement, formatMetric } from '../../../../analysis/format.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { isActive } from '../../../../contract/runState.ts';
import { formatBytes, formatCount, formatDuration } from '../../format.ts';
import { remainingMs } from '../../../../analysis/progress.ts';

export interface KeyFigure {
  readonly label: string;
  /** A dash where nothing has been measured. */
  readonly value: string;
  readonly unit: string;
  /** A second, quieter line: another value of the same kind, or what is left. */
  readonly note: string;
  /** 0 to 1 for what fills up; null for all else. */
  readonly progress: number | null;
}

const NOTHING = '–';

/**
 * The numbers by which a run is judged at a glance, in reading order. Speed and peak memory are measured at its end; while
 * it trains, `trainerMemoryBytes` and the mean speed so far stand in for them, and are called so.
 */
export function keyFigures(run: RunRow, trainerMemoryBytes: number | null = null): KeyFigure[] {
  const { trainLoss, firstStepMs, peakMemoryBytes } = run;
  const isLive = isActive(run.state);
  return [
    ...evaluationFigures(run),
    figure('Training loss', trainLoss, (value) => [formatMetric('trainLoss', value), '']),
    progressFigure(run),
    figure('Duration', run.elapsedMs || null, (value) => splitUnit(formatDuration(value))),
    figure('Throughput', run.imagesPerSecond ?? meanSpeed(run), (value) => [formatCount(value), 'images/s'], {
      note: run.imagesPerSecond === null && run.lastStep > 0 ? 'with evaluation' : '',
    }),
    figure('Step, median', run.stepMs, (value) => [formatMeasurement(value, 3), 'ms'], {
      note: firstStepMs === null ? '' : `first ${formatMeasurement(firstStepMs / 1000, 2)} s`,
    }),
    isLive && peakMemoryBytes === null
      ? figure('Memory', trainerMemoryBytes, (value) => splitUnit(formatBytes(value)), { note: 'now' })
      : figure('Peak memory', peakMemoryBytes, (value) => splitUnit(formatBytes(value))),
    figure('Parameters', run.parameters || null, (value) => [formatCount(value), '']),
  ];
}

/** Where images are held out, what they say of each epoch comes first, and the one test after it. */
function evaluationFigures(run: RunRow): KeyFigure[] {
  const { title, accuracy, bestAccuracy, loss } = epochEvaluation(run.recipe);
  const best = run[bestAccuracy];
  const percent = (value: number) => [formatMetric(accuracy, value), '%'] as const;
  return [
    figure(`${title} accuracy`, run[accuracy], percent, {
      note: best === null ? '' : `best ${percent(best).join(' ')}`,
    }),
    figure(`${title} loss`, run[loss], (value) => [formatMetric(loss, value), '']),
    ...(title === 'Validation'
      ? [figure('Test accuracy', run.testAccuracy, percent, { note: 'once, at the end' })]
      : []),
  ];
}

/** Images per second so far, the time of evaluation included; null before the first step. */
function meanSpeed({ lastStep, elapsedMs, recipe }: RunRow): number | null {
  return lastStep > 0 && elapsedMs > 0 ? (1000 * lastStep * recipe.batchSize) / elapsedMs : null;
}

function figure(
  label: string,
  value: number | null,
  show: (value: number) => readonly [string, string],
  { note = '' } = {},
): KeyFigure {
  const [text, unit] = value === null ? [NOTHING, ''] : show(value);
  return { label, value: text, unit, note, progress: null };
}

function progressFigure(run: RunRow): KeyFigure {
  const { lastStep, totalSteps, stepsPerEpoch } = run;
  const left = isActive(run.state) ? remainingMs(run) : null;
  const epoch = stepsPerEpoch > 0 ? `epoch ${formatMeasurement(lastStep / stepsPerEpoch, 2)}` : '';
  return {
    label: 'Step',
    value: formatCount(lastStep),
    unit: totalSteps > 0 ? `of ${formatCount(totalSteps)}` : '',
    note: left === null ? epoch : `${formatDuration(left)} left`,
    progress: totalSteps > 0 ? Math.min(1, lastStep / totalSteps) : null,
  };
}

/** `12 s` as a number and its unit; a time of several units stays whole. */
function splitUnit(text: string): readonly [string, string] {
  const [value, unit, ...more] = text.split(' ');
  return more.length > 0 ? [text, ''] : [value ?? '', unit ?? ''];
}
