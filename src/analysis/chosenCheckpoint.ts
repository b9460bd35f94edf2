import { UserError } from '../contract/errors.ts';
import type { CheckpointChoice, CheckpointRow, RunDetail } from '../contract/run.ts';
import { bestCheckpoint } from './bestCheckpoint.ts';

/**
 * The newest of a run's checkpoints, the best of those kept, or that of a step. Throws a `UserError` with code `not-found`
 * where there is none, or none of this step.
 */
export function checkpointOf(
  { run, epochs, checkpoints }: Pick<RunDetail, 'run' | 'epochs' | 'checkpoints'>,
  which: CheckpointChoice,
): Pick<CheckpointRow, 'step' | 'file' | 'sha256'> {
  const chosen = chosenFrom(which, { run, epochs, checkpoints });
  if (chosen !== undefined) {
    const { step, file, sha256 } = chosen;
    return { step, file, sha256 };
  }
  const kept = checkpoints.map(({ step }) => step).toSorted((left, right) => left - right);
  throw new UserError({
    code: 'not-found',
    message: `Run ${run.id} has no checkpoint${kept.length === 0 ? '' : ` of step ${which}`}`,
    where: '--run',
    hint:
      kept.length === 0
        ? 'Checkpoints are written at the end of epochs and of a run; "depthlab runs show" lists those of a run'
        : `It has kept those of the steps ${kept.join(', ')}`,
  });
}

function chosenFrom(
  which: CheckpointChoice,
  { run, epochs, checkpoints }: Pick<RunDetail, 'run' | 'epochs' | 'checkpoints'>,
): CheckpointRow | undefined {
  if (which === 'best') return bestCheckpoint(run.recipe, epochs, checkpoints);
  if (which === 'last') return checkpoints.toSorted((left, right) => right.step - left.step)[0];
  return checkpoints.find(({ step }) => step === which);
}
