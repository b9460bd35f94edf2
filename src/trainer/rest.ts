import type { Books, Ending } from './books.ts';
import type { Control } from './control.ts';
import type { Reporter } from './report.ts';
import { settleSaves } from './settleSaves.ts';

const NOT_SAVED = 'In memory, since its checkpoint could not be written';

/**
 * Rests after a step, with a checkpoint: in memory until it may go on (null then), or until it is started again. Without a
 * checkpoint its memory is not given up.
 */
export async function rest(step: number, control: Control, report: Reporter, books: Books): Promise<Ending | null> {
  const { clock, recorder, checkpoints } = books;
  recorder.flush();
  let isHeld = false;
  while (control.pauseWay() !== null && control.stopReason() === null) {
    const way = control.pauseWay();
    checkpoints.atEnd(step);
    await settleSaves('saved', step, control, report, books);
    const isReleased = control.pauseWay() === 'release' && control.stopReason() === null;
    if (isReleased && checkpoints.lastStep() === step) return { outcome: 'paused', reason: '', step };
    const isAsBefore = () => control.pauseWay() === way && control.stopReason() === null;
    if (isAsBefore() && !isHeld) {
      report({ type: 'held', step, elapsedMs: clock.elapsedMs(), reason: way === 'hold' ? '' : NOT_SAVED });
      isHeld = true;
      clock.stop();
    }
    while (isAsBefore()) await control.changed();
  }
  clock.start();
  if (isHeld && control.stopReason() === null) report({ type: 'continued' });
  return null;
}
