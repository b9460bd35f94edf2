import { networkName } from '../../contract/network.ts';
import type { TrainingState } from '../../engine/program.ts';
import type { PreparedRun } from '../prepareRun.ts';
import type { Progress } from '../progress.ts';
import type { Reporter } from '../report.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import { readCheckpoint, type WrittenCheckpoint } from './readCheckpoint.ts';
import { writeWhole } from './writeFile.ts';

/** Between the checkpoints of short epochs, so that they cost little. */
const PAUSE_MS = 30_000;

export interface Checkpoints {
  /** Writes one unless the last one is too young; where the run may go back to it, always: how far must not depend on a clock. */
  atEpochEnd(step: number): void;
  /** Writes one, unless this step has it already or nothing was trained yet. */
  atEnd(step: number): void;
  /** The last one written, read back from the disk and found to be what was written; null before the first. */
  last(): { readonly step: number; readonly state: TrainingState } | null;
}

/**
 * Writes a run's checkpoints and reports each one when it is whole on the disk. The host, which vouches for them in the
 * store, deletes old ones: only it knows when the newer one is recorded. A file's name has the attempt in it, so that a
 * later attempt never writes over a file that the store vouches for.
 */
export function createCheckpoints(
  run: PreparedRun,
  progress: Progress,
  report: Reporter,
  now: () => number,
): Checkpoints {
  const { start, program, session, stepsPerEpoch, resumed } = run;
  let written: WrittenCheckpoint | null = resumed?.checkpoint ?? null;
  let writtenAt = now();

  const write = (step: number, state: TrainingState) => {
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
    const file = writeWhole(start.checkpointFolder, `attempt-${start.attempt}-step-${step}.safetensors`, parts);
    report({ type: 'checkpoint', step, ...file });
    written = { step, ...file };
    writtenAt = now();
  };

  return {
    atEpochEnd: (step) => {
      if (start.recipe.rollbacks === 0 && now() - writtenAt < PAUSE_MS) return;
      const state = session.read();
      // What the last update of an epoch has broken is found out by the step after it.
      if (state.parameters.every(Number.isFinite)) write(step, state);
    },
    atEnd: (step) => {
      if (step > (written?.step ?? 0)) write(step, session.read());
    },
    last: () => written && { step: written.step, ...readCheckpoint(written, program) },
  };
}
