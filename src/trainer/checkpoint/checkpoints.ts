import { networkName } from '../../contract/network.ts';
import type { PreparedRun } from '../prepareRun.ts';
import type { Reporter } from '../report.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import { writeWhole } from './writeFile.ts';

/** Between the checkpoints of short epochs, so that they cost little. */
const PAUSE_MS = 30_000;

export interface Checkpoints {
  /** Writes one unless the last one is too young. */
  atEpochEnd(step: number): void;
  /** Writes one, unless this step has it already or nothing was trained yet. */
  atEnd(step: number): void;
}

/**
 * Writes a run's checkpoints and reports each one when it is whole on the disk. The host, which vouches for them in the
 * store, deletes old ones: only it knows when the newer one is recorded. A file's name has the attempt in it, so that a
 * later attempt never writes over a file that the store vouches for.
 */
export function createCheckpoints(run: PreparedRun, report: Reporter, now: () => number): Checkpoints {
  const { start, program, session, stepsPerEpoch } = run;
  let writtenStep = 0;
  let writtenAt = now();

  const write = (step: number) => {
    const parts = encodeCheckpoint(program, session.read(), {
      run: start.runId,
      attempt: start.attempt,
      step,
      epoch: Math.ceil(step / stepsPerEpoch),
      seed: start.recipe.seed,
      network: `${networkName(start.network)} ${start.network.block}`,
      data: start.data,
    });
    const written = writeWhole(start.checkpointFolder, `attempt-${start.attempt}-step-${step}.safetensors`, parts);
    report({ type: 'checkpoint', step, ...written });
    writtenStep = step;
    writtenAt = now();
  };

  return {
    atEpochEnd: (step) => {
      if (now() - writtenAt >= PAUSE_MS) write(step);
    },
    atEnd: (step) => {
      if (step > writtenStep) write(step);
    },
  };
}
