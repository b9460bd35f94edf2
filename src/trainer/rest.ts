import type { Books, Ending } from './books.ts';
import type { Control } from './control.ts';
import type { Reporter } from './report.ts';

/** Rests after a step, with a checkpoint: in memory until it may go on (null then), or until it is started again. */
export async function rest(
  step: number,
  control: Control,
  report: Reporter,
  { clock, recorder, checkpoints }: Books,
): Promise<Ending | null> {
  recorder.flush();
  if (control.pauseWay() === 'hold') {
    checkpoints.atEnd(step);
    report({ type: 'held', step, elapsedMs: clock.elapsedMs() });
    clock.stop();
    while (control.pauseWay() === 'hold' && control.stopReason() === null) await control.changed();
    clock.start();
    if (control.pauseWay() === null && control.stopReason() === null) report({ type: 'continued' });
  }
  const isReleased = control.pauseWay() === 'release' && control.stopReason() === null;
  return isReleased ? { outcome: 'paused', reason: '', step } : null;
}
