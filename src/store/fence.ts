import { hasTrainer, type RunState } from '../contract/runState.ts';
import { type Context, runNotFound, staleAttempt } from './context.ts';

/** A check to begin every write of a trainer's message with: refuses all but the current attempt. Gives the last step. */
export function requireAttempt({ database }: Context): (runId: number, attempt: number) => number {
  const find = database.prepare<[number], { state: RunState; isHeld: 0 | 1; attempt: number; lastStep: number }>(
    'SELECT state, is_held AS isHeld, attempt, last_step AS lastStep FROM runs WHERE id = ?',
  );
  return (runId, attempt) => {
    const run = find.get(runId);
    if (run === undefined) throw runNotFound(runId);
    if (run.attempt !== attempt || !hasTrainer({ state: run.state, isHeld: run.isHeld === 1 }))
      throw staleAttempt(runId, attempt, run);
    return run.lastStep;
  };
}
