import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { type Context, write } from './context.ts';
import type { Events } from './events.ts';
import { requireAttempt } from './fence.ts';
import type { RunReader } from './runReader.ts';
import type { StepReader } from './stepReader.ts';
import type { SupersededSteps } from './supersededSteps.ts';
import { createTakeBack } from './takeBack.ts';

export interface GoBack {
  readonly step: number;
  readonly text: string;
  /**
   * After a `resume` the same steps are trained again: each is compared with what it was, and where one differs a warning says
   * so. After a `divergence` they are trained otherwise.
   */
  readonly cause: 'resume' | 'divergence';
}

interface Parts {
  readonly reader: RunReader;
  readonly steps: StepReader;
  readonly superseded: SupersededSteps;
  readonly events: Events;
}

/**
 * Takes back the steps of a run after one of them, with their evaluations and checkpoints, in one transaction. A warning
 * among the run's events keeps what is to be known of them, where there is something, at the step that the run had reached.
 */
export function createGoBack(context: Context, { reader, steps, superseded, events }: Parts) {
  const fence = requireAttempt(context);
  const takeBack = createTakeBack(context, steps);
  return (runId: number, attempt: number, { step, text, cause }: GoBack): RunRow =>
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
      if (cause === 'resume') superseded.keep(runId, step, lastStep);
      else superseded.forget(runId, step);
      takeBack(runId, step);
      return reader.get(runId);
    });
}
