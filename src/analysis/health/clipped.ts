import { formatMeasurement } from '../format.ts';
import type { HealthRule, HealthSubject, Observer } from './rule.ts';
import { windowOf } from './stalled.ts';
import { createStreak } from './streak.ts';
import { twoDigits } from './twoDigits.ts';

export const clipped: HealthRule = {
  id: 'clipped',
  fault: null,
  title: 'Clipped in every step',
  statement:
    'The global gradient norm is above the clipping norm in every one of 100 steps (of an epoch, where that has more). A note, no fault',
  reason:
    'Pascanu et al. 2013, section 3.2, mean clipping for a sudden increase of the norm: where it acts in every step, only the direction of the gradient is ' +
    'left, and the length of an update is the learning rate times the clipping norm',
  advice: [],
  needs: windowOf,
  observe,
};

function observe(subject: HealthSubject): Observer {
  const { clipNorm } = subject.recipe;
  const window = windowOf(subject);
  const streak = createStreak<number>(window);
  let inRow = 0;
  let longest = 0;
  return {
    take({ step, gradientNorm }) {
      const isClipped = clipNorm !== null && gradientNorm > clipNorm;
      streak.see(step, isClipped ? gradientNorm : null);
      inRow = isClipped ? inRow + 1 : 0;
      longest = Math.max(longest, inRow);
    },
    sighting() {
      const found = streak.found();
      if (found === null || clipNorm === null) return null;
      return {
        ...found,
        layer: null,
        measured: found.first / clipNorm,
        sentence:
          `Gradients were clipped in every one of at least ${window} steps from step ${found.firstStep} on: the global norm there is ` +
          `${twoDigits(found.first)}, the clipping norm ${formatMeasurement(clipNorm)}`,
      };
    },
    nearest: () =>
      clipNorm === null
        ? 'Nothing is clipped'
        : `Clipped in at most ${longest} ${longest === 1 ? 'step' : 'steps'} in a row`,
  };
}
