import type { Books, Ending } from './books.ts';
import type { Control } from './control.ts';
import { evaluateEpoch } from './evaluate.ts';
import { isOrphan } from './orphan.ts';
import type { PreparedRun } from './prepareRun.ts';
import type { Reporter } from './report.ts';

/**
 * Evaluates after an epoch's last step and reports the epoch. A stop meanwhile ends the run without its evaluation, which a
 * resume makes up for; null where the parent process is gone.
 */
export async function endEpoch(
  step: number,
  learningRate: number,
  run: PreparedRun,
  control: Control,
  report: Reporter,
  { clock, progress, checkpoints }: Books,
): Promise<Ending | null | 'goesOn'> {
  const evaluation = await evaluateEpoch(run, () => control.stopReason() !== null || isOrphan());
  if (!evaluation) {
    const reason = control.stopReason();
    return reason === null ? null : { outcome: 'stopped', reason, step };
  }
  const epoch = Math.ceil(step / run.stepsPerEpoch);
  const averages = progress.average.take();
  const result = { epoch, step, ...averages, ...evaluation, learningRate, elapsedMs: clock.elapsedMs() };
  report({ type: 'epoch', result });
  await checkpoints.atEpochEnd(step);
  return 'goesOn';
}
