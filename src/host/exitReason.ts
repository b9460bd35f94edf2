import type { ProcessExit } from './launcher.ts';

/** What TensorFlow writes at every start: its notes and warnings with a date, and the line that follows one of them. */
const START_UP_NOISE =
  /^\d{4}-\d\d-\d\d .*: [IW] |^To enable the following instructions|^WARNING: All log messages before/;

const OUT_OF_MEMORY = /bad_alloc|OOM when allocating|out of memory/i;

/** Signals that come from outside: no fault of the process itself. */
const SENT_SIGNALS: readonly (string | null)[] = ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];

function wordsOf({ lastWords }: ProcessExit): string {
  return lastWords
    .filter((line) => !START_UP_NOISE.test(line))
    .slice(-3)
    .join(' | ');
}

/** Whether someone ended the process, rather than what it did; where the platform does not tell, it was the process. */
export function wasEndedFromOutside(exit: ProcessExit): boolean {
  return SENT_SIGNALS.includes(exit.signal) && !OUT_OF_MEMORY.test(wordsOf(exit));
}

/** Why a process that said nothing more is gone, as a sentence about `who`. */
export function exitReason(exit: ProcessExit, who = 'The trainer'): string {
  const { code, signal } = exit;
  const words = wordsOf(exit);
  const tail = words === '' ? '' : `: ${words}`;
  if (OUT_OF_MEMORY.test(words)) return `${who} ran out of memory${tail}`;
  if (signal === 'SIGKILL') {
    return `${who} was killed (SIGKILL), by hand or because the machine ran out of memory${tail}`;
  }
  if (wasEndedFromOutside(exit)) return `${who} was ended from outside (${signal})${tail}`;
  if (signal !== null) return `${who} crashed (${signal})${tail}`;
  return `${who} ended unexpectedly (exit code ${code ?? 'unknown'})${tail}`;
}
