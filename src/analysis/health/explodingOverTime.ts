import { median } from './median.ts';
import type { HealthRule, Observer } from './rule.ts';
import { createStreak } from './streak.ts';
import { twoDigits } from './twoDigits.ts';

/** Norm of a step over the median of the first steps. */
export const GROWTH_FACTOR = 10;
export const GROWTH_HOLD_STEPS = 3;
/** Steps that show what norms the run began with. */
export const GROWTH_FIRST_STEPS = 10;

interface Growth {
  readonly norm: number;
  readonly layer: number;
}

export const explodingOverTime: HealthRule = {
  id: 'exploding-over-time',
  fault: 'exploding',
  title: 'Exploding over time',
  statement:
    `The global gradient norm is more than ${GROWTH_FACTOR} times its median over the run's first ${GROWTH_FIRST_STEPS} steps, for ` +
    `${GROWTH_HOLD_STEPS} steps in a row`,
  reason:
    'Norms fall while a network learns. In 20 healthy digits runs of 8 to 44 layers no three steps in a row were above 0.9 times ' +
    'the median of the first ten; single steps, the small last batch of an epoch above all, are noisier, so that one of them is no finding',
  advice: ['clip', 'rate', 'warmup', 'preactivation'],
  needs: () => GROWTH_FIRST_STEPS + GROWTH_HOLD_STEPS,
  observe,
};

function observe(): Observer {
  const streak = createStreak<Growth>(GROWTH_HOLD_STEPS);
  const firstNorms: number[] = [];
  let start = NaN;
  let recent: number[] = [];
  let nearest: { readonly factor: number; readonly step: number } | null = null;
  return {
    take({ step, gradientNorm: norm, norms }) {
      if (firstNorms.length < GROWTH_FIRST_STEPS) {
        firstNorms.push(norm);
        start = median(firstNorms);
        return;
      }
      streak.see(step, norm > GROWTH_FACTOR * start ? { norm, layer: largest(norms) } : null);
      recent = [...recent, norm / start].slice(-GROWTH_HOLD_STEPS);
      const factor = Math.min(...recent);
      if (recent.length === GROWTH_HOLD_STEPS && factor > (nearest?.factor ?? -1)) nearest = { factor, step };
    },
    sighting() {
      const found = streak.found();
      if (found === null) return null;
      const { norm, layer } = found.first;
      return {
        ...found,
        layer,
        measured: norm / start,
        sentence:
          `The global gradient norm is ${twoDigits(norm)} in step ${found.firstStep}, ${twoDigits(norm / start)} ` +
          `times its median of ${twoDigits(start)} over the first ${GROWTH_FIRST_STEPS} steps`,
      };
    },
    nearest: () =>
      nearest === null
        ? 'Too few steps to compare with the first ones'
        : `${GROWTH_HOLD_STEPS} steps in a row reached at most ${twoDigits(nearest.factor)} times the median of the first ` +
          `${GROWTH_FIRST_STEPS} (step ${nearest.step})`,
  };
}

function largest(norms: Float32Array): number {
  return norms.reduce((best, value, layer) => (value > norms[best]! ? layer : best), 0);
}
