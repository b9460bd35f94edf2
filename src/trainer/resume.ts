import { UserError } from '../contract/errors.ts';
import type { Resume } from '../contract/trainer.ts';
import type { TrainingProgram, TrainingState } from '../engine/program.ts';
import { readCheckpoint, type WrittenCheckpoint } from './checkpoint/readCheckpoint.ts';
import { NO_PROGRESS, type KeptProgress } from './progress.ts';

/** Where a run goes on that was trained before. */
export interface Resumed {
  /** Null: from its start. */
  readonly checkpoint: WrittenCheckpoint | null;
  /** The last step that counts. */
  readonly step: number;
  readonly state: TrainingState;
  readonly progress: KeptProgress;
  /** Which checkpoints were damaged; empty where none was. */
  readonly text: string;
}

/** The newest checkpoint that is whole, else the run's start; throws where a fork has none. */
export function openResume(
  { checkpoints, isFork }: Resume,
  program: TrainingProgram,
  startState: () => TrainingState,
): Resumed {
  const damaged: string[] = [];
  for (const checkpoint of checkpoints) {
    try {
      const { state, progress } = readCheckpoint(checkpoint, program);
      return { checkpoint, step: checkpoint.step, state, progress, text: damaged.join('. ') };
    } catch (error) {
      damaged.push(UserError.from(error).message);
    }
  }
  if (isFork) {
    throw new UserError({
      code: 'failed',
      message: `The run goes on from a checkpoint of the run that it was forked from, and none is whole: ${damaged.join('. ')}`,
      hint: 'Fork it again from another checkpoint',
    });
  }
  return { checkpoint: null, step: 0, state: startState(), progress: NO_PROGRESS, text: damaged.join('. ') };
}
