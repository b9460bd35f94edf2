import { networkName } from '../../contract/network.ts';
import { UserError } from '../../contract/errors.ts';
import type { TrainingState } from '../../engine/program.ts';
import type { PreparedRun } from '../prepareRun.ts';
import type { Progress } from '../progress.ts';
import type { Reporter } from '../report.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import { readCheckpoint, type WrittenCheckpoint } from './readCheckpoint.ts';
import { createSaver } from './saver.ts';

/** Between the checkpoints of short epochs, so that they cost little. */
const PAUSE_MS = 30_000;

/** Saves go on while the run trains: the caller waits for the copy of the weights only. */
export interface Checkpoints {
  /**
   * Starts to write one unless the last one is too young or still being written; where the run may go back to it, always: how far
   * must not depend on a clock.
   */
  atEpochEnd(step: number): Promise<void>;
  /** Starts to write one, once an earlier one is written; unless this step has it already or nothing was trained yet. */
  atEnd(step: number): void;
  isSaving(): boolean;
  /** Why a save waits for space on the disk; null while none does. */
  trouble(): string | null;
  /** Lets a save fail that waits for space, or that finds none. */
  giveUp(): void;
  /** Resolves when one of the three above may have changed. */
  changed(): Promise<void>;
  /** The step of the last one that is whole on the disk; 0 before the first. */
  lastStep(): number;
  /** The last one written, read back from the disk and found to be what was written; null before the first. */
  last(): Promise<{ readonly step: number; readonly state: TrainingState } | null>;
  close(): Promise<void>;
}

/**
 * Writes a run's checkpoints and reports each one when it is whole on the disk. The host, which vouches for them in the
 * store, deletes old ones: only it knows when the newer one is recorded. A file's name has the attempt in it, so that a
 * later attempt never writes over a file that the store vouches for. One that cannot be written is a warning: the run goes on.
 */
export function createCheckpoints(
  run: PreparedRun,
  progress: Progress,
  report: Reporter,
  now: () => number,
): Checkpoints {
  const { start, program, session, stepsPerEpoch, resumed } = run;
  const saver = createSaver();
  let written: WrittenCheckpoint | null = resumed?.checkpoint ?? null;
  let startedAt = now();
  let saves: Promise<void> = Promise.resolve();
  let unfinished = 0;

  const write = async (step: number, state: TrainingState) => {
    const position = {
      run: start.runId,
      attempt: start.attempt,
      step,
      epoch: Math.ceil(step / stepsPerEpoch),
      seed: start.recipe.seed,
      network: `${networkName(start.network)} ${start.network.block}`,
      data: start.data.info.name,
    };
    const parts = encodeCheckpoint(program, state, position, progress.kept());
    const name = `attempt-${start.attempt}-step-${step}.safetensors`;
    try {
      const file = await saver.save({ folder: start.checkpointFolder, name, parts });
      report({ type: 'checkpoint', step, ...file });
      written = { step, ...file };
    } catch (error) {
      report({ type: 'warning', text: `${UserError.from(error).message} (after step ${step})` });
    }
  };
  const afterOthers = (save: () => Promise<void>) => {
    startedAt = now();
    unfinished += 1;
    saves = saves.then(save).finally(() => (unfinished -= 1));
  };
  const lastStep = () => written?.step ?? 0;

  return {
    atEpochEnd: async (step) => {
      if (start.recipe.rollbacks === 0 && (unfinished > 0 || now() - startedAt < PAUSE_MS)) return;
      await saves;
      const state = session.read();
      // What the last update of an epoch has broken is found out by the step after it.
      if (state.parameters.every(Number.isFinite)) afterOthers(() => write(step, state));
    },
    atEnd: (step) => {
      afterOthers(async () => {
        if (step > lastStep()) await write(step, session.read());
      });
    },
    isSaving: () => unfinished > 0,
    trouble: saver.trouble,
    giveUp: saver.giveUp,
    changed: () => Promise.race([saver.changed(), saves]),
    lastStep,
    last: async () => {
      await saves;
      return written && { step: written.step, ...readCheckpoint(written, program) };
    },
    close: saver.close,
  };
}
