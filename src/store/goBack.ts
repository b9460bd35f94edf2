import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { type Context, write } from './context.ts';
import { requireAttempt } from './fence.ts';
import type { RunReader } from './runReader.ts';
import type { StepReader } from './stepReader.ts';
import type { Events, Runs } from './store.ts';
import { createTakeBack } from './takeBack.ts';

/**
 * Takes back the steps of a run after one of them, with their evaluations and checkpoints, in one transaction. A warning
 * among the run's events keeps what is to be known of them, where there is something, at the step that the run had reached.
 */
export function createGoBack(
  context: Context,
  { reader, steps, events }: { readonly reader: RunReader; readonly steps: StepReader; readonly events: Events },
): Runs['goBack'] {
  const fence = requireAttempt(context);
  const takeBack = createTakeBack(context, steps);
  return (runId, attempt, { step, text }): RunRow =>
    write(context, () => {
      const lastStep = fence(runId, attempt);
      if (!Number.isInteger(step) || step < 0 || step > lastStep) {
        throw new UserError({
          code: 'conflict',
          message: `Run ${runId} cannot go back to step ${step}: its last one is ${lastStep}`,
          where: `run ${runId}`,
        });
      }
      if (text !== '') events.record(runId, 'warning', text);
      takeBack(runId, step);
      return reader.get(runId);
    });
}
