import type { Books } from './books.ts';
import type { Control } from './control.ts';
import type { Reporter } from './report.ts';

const GOES_ON = 'Training goes on by itself when there is space';

/**
 * Waits for the run's saves or, with `space`, only while one of them waits for space on the disk. The run rests then and says
 * why. A run that is asked to end gives up a save that finds no space.
 */
export async function settleSaves(
  until: 'space' | 'saved',
  step: number,
  control: Control,
  report: Reporter,
  { clock, recorder, checkpoints }: Books,
): Promise<void> {
  let isHeld = false;
  while (until === 'saved' ? checkpoints.isSaving() : checkpoints.trouble() !== null) {
    const reason = checkpoints.trouble();
    if (reason !== null && control.stopReason() !== null) checkpoints.giveUp();
    else if (reason !== null && !isHeld) {
      isHeld = true;
      recorder.flush();
      report({ type: 'held', step, elapsedMs: clock.elapsedMs(), reason: `${reason}. ${GOES_ON}` });
      clock.stop();
    }
    await Promise.race([checkpoints.changed(), control.changed()]);
  }
  if (!isHeld) return;
  clock.start();
  if (control.stopReason() === null) report({ type: 'continued' });
}
