import { formatMeasurement } from '../format.ts';
import type { HealthRule, HealthSubject, Observer } from './rule.ts';
import { twoDigits } from './twoDigits.ts';

/** Share of a uniform guess's loss, ln(classes). */
export const STALLED_LOSS_SHARE = 0.95;
/** Steps that are averaged, where an epoch has no more. */
export const STALLED_STEPS = 100;

export const stalled: HealthRule = {
  id: 'stalled',
  fault: 'stalled',
  title: 'Stalled at chance',
  statement:
    `After the warm-up, the mean training loss of ${STALLED_STEPS} steps (of an epoch, where that has more) is at least ` +
    `${STALLED_LOSS_SHARE} times that of a uniform guess, ln(classes), and their mean accuracy at most twice that of chance ` +
    '(with fewer than ten classes: a ninth of the way from chance to 1)',
  reason:
    'He et al. 2015, section 4.2, take a training accuracy above 20 % of ten classes as the sign that ResNet-110 has begun to learn. ' +
    'A run that has converged is far below the loss of a guess, however little it still changes',
  advice: ['otherRate', 'warmup', 'clip', 'preactivation', 'identity'],
  needs: ({ recipe, ...subject }) => recipe.warmupSteps + windowOf(subject),
  observe,
};

/** Steps of the average. */
export function windowOf({ stepsPerEpoch }: Pick<HealthSubject, 'stepsPerEpoch'>): number {
  return Math.max(STALLED_STEPS, stepsPerEpoch);
}

/** The mean accuracy up to which a network counts as guessing. */
export function chanceAccuracy(classes: number): number {
  const chance = 1 / classes;
  return chance + Math.min(chance, (1 - chance) / 9);
}

function observe(subject: HealthSubject): Observer {
  const window = windowOf(subject);
  const guess = Math.log(subject.classes);
  const losses = new Float64Array(window);
  const accuracies = new Float64Array(window);
  let count = 0;
  let found: { readonly firstStep: number; readonly loss: number; readonly accuracy: number } | null = null;
  let lastStep = 0;
  let holds = false;
  let lowest: { readonly loss: number; readonly step: number } | null = null;
  return {
    take({ step, loss, accuracy }) {
      if (step <= subject.recipe.warmupSteps) return;
      losses[count % window] = loss;
      accuracies[count % window] = accuracy;
      count += 1;
      if (count < window) return;
      const means = { loss: mean(losses), accuracy: mean(accuracies) };
      holds = means.loss >= STALLED_LOSS_SHARE * guess && means.accuracy <= chanceAccuracy(subject.classes);
      if (lowest === null || means.loss < lowest.loss) lowest = { loss: means.loss, step };
      if (!holds) return;
      found ??= { firstStep: step - window + 1, ...means };
      lastStep = step;
    },
    sighting: () =>
      found && {
        firstStep: found.firstStep,
        lastStep,
        holds,
        layer: null,
        measured: found.loss,
        sentence:
          `The mean training loss of steps ${found.firstStep} to ${found.firstStep + window - 1} is ${formatMeasurement(found.loss, 3)}, ` +
          `that of a uniform guess over ${subject.classes} classes ${formatMeasurement(guess, 3)}; ` +
          `their mean accuracy is ${formatMeasurement(100 * found.accuracy, 3)} %`,
      },
    nearest: () =>
      lowest === null
        ? `Fewer than ${window} steps after the warm-up`
        : `The lowest mean loss of ${window} steps is ${twoDigits(lowest.loss)}, a uniform guess has ${formatMeasurement(guess, 3)}`,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
