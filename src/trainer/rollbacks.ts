import type { Checkpoints } from './checkpoint/checkpoints.ts';
import type { PreparedRun } from './prepareRun.ts';
import type { Progress } from './progress.ts';

export interface Rollbacks {
  /** What the schedule's learning rate is multiplied by: less after each rollback. */
  rateFactor(): number;
  /**
   * Puts the session back to its last checkpoint, or its start where there is none, with a smaller rate from there on.
   * Gives the step that it is at then, and what was done in a sentence; null where the recipe allows no more of it.
   */
  goBack(reason: string): Promise<{ readonly step: number; readonly text: string } | null>;
}

/** What a run does after a divergence, by its recipe's `rollbacks` and `rollbackFactor`. */
export function createRollbacks(
  { start, session, startState }: PreparedRun,
  checkpoints: Checkpoints,
  progress: Progress,
): Rollbacks {
  const { rollbacks, rollbackFactor } = start.recipe;
  const rateFactor = () => rollbackFactor ** progress.rollbacks;
  return {
    rateFactor,
    async goBack(reason) {
      if (progress.rollbacks >= rollbacks) return null;
      progress.rollbacks += 1;
      const { step, state } = (await checkpoints.last()) ?? { step: 0, state: startState() };
      session.assign(state);
      const target = step === 0 ? 'to its start' : `to the checkpoint of step ${step}`;
      const rate = `the scheduled learning rate times ${Number(rateFactor().toPrecision(6))}`;
      return {
        step,
        text: `${reason}. Went back ${target}, with ${rate} (rollback ${progress.rollbacks} of ${rollbacks})`,
      };
    },
  };
}
