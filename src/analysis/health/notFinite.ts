import { formatMeasurement } from '../format.ts';
import { brokenLayer } from './brokenLayer.ts';
import type { BrokenStep, HealthOutcome, HealthRule, HealthSubject, Observer } from './rule.ts';
import { twoDigits } from './twoDigits.ts';

/** Steps before the first one that is not finite, of which the sentence tells. */
const STEPS_BEFORE = 10;

export const notFinite: HealthRule = {
  id: 'not-finite',
  fault: 'diverged',
  title: 'Not finite',
  statement: 'The loss, the global gradient norm or the norm of a parameter tensor is NaN or infinite in one step',
  reason:
    'Such a step changes no weights and ends the run as diverged, or takes it back to a checkpoint where its recipe has rollbacks. ' +
    'Steps that were taken back are not judged',
  advice: ['rate', 'warmup', 'clip', 'rollback', 'preactivation'],
  needs: () => 1,
  observe,
};

interface Norm {
  readonly step: number;
  readonly norm: number;
}

function observe({ layers }: HealthSubject): Observer {
  let before: readonly Norm[] = [];
  let steps = 0;
  let first: {
    readonly step: number;
    readonly loss: number;
    readonly what: string;
    readonly layer: number | null;
  } | null = null;
  let lastStep = 0;
  let isBroken = false;

  return {
    take({ step, gradientNorm }) {
      steps = step;
      isBroken = false;
      if (first === null) before = [...before, { step, norm: gradientNorm }].slice(-STEPS_BEFORE);
    },
    takeBroken(broken) {
      const { step, loss } = broken;
      steps = step;
      isBroken = true;
      lastStep = step;
      first ??= { step, loss, what: describe(broken), layer: nearestTheLoss(broken.norms) };
    },
    sighting({ state, reason }: HealthOutcome) {
      // Batch statistics alone may break: then the series of the step are finite, and only the trainer knows.
      const isAtStep = first ?? (state === 'diverged' ? { step: steps, loss: NaN, what: '', layer: null } : null);
      if (isAtStep === null) return null;
      const { step, loss, what, layer } = isAtStep;
      const sentences = [what, growth(before), state === 'diverged' ? reason : ''].filter((part) => part !== '');
      return {
        firstStep: step,
        lastStep: Math.max(step, lastStep),
        holds: isBroken || state === 'diverged',
        layer: brokenLayer(reason, layers) ?? layer,
        measured: loss,
        sentence: sentences.join('. '),
      };
    },
    nearest: () => (first === null ? 'All numbers are finite' : `Numbers are not finite in step ${first.step}`),
  };
}

function describe({ step, loss, gradientNorm, norms }: BrokenStep): string {
  const count = norms.filter((norm) => !Number.isFinite(norm)).length;
  const parts = [
    ...(Number.isFinite(loss) ? [] : [`the loss (${formatMeasurement(loss)})`]),
    ...(count === 0 ? [] : [`the gradients of ${count} of ${norms.length} parameter tensors`]),
    ...(Number.isFinite(gradientNorm) || count > 0 ? [] : ['the global gradient norm']),
  ];
  return `Not finite in step ${step}: ${parts.join(', ')}`;
}

/** Backward passes run from the loss to the image. Where all are broken, the forward pass was before. */
function nearestTheLoss(norms: Float32Array): number | null {
  const position = norms.findLastIndex((norm) => !Number.isFinite(norm));
  return position < 0 || norms.every((norm) => !Number.isFinite(norm)) ? null : position;
}

function growth(before: readonly Norm[]): string {
  const [first, last] = [before[0], before.at(-1)];
  if (first === undefined || last === undefined || first === last) return '';
  return (
    `The global gradient norm was ${twoDigits(first.norm)} in step ${first.step} and ` +
    `${twoDigits(last.norm)} in step ${last.step}, the last finite one`
  );
}
