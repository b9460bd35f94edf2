import type { ProcessExit } from './launcher.ts';

/** What TensorFlow writes at every start: its notes and warnings with a date, and the line that follows one of them. */
const START_UP_NOISE =
  /^\d{4}-\d\d-\d\d .*: [IW] |^To enable the following instructions|^WARNING: All log messages before/;

/** Why a process that said nothing more is gone, as a sentence about `who`. */
export function exitReason({ code, signal, lastWords }: ProcessExit, who = 'The trainer'): string {
  const words = lastWords
    .filter((line) => !START_UP_NOISE.test(line))
    .slice(-3)
    .join(' | ');
  const tail = words === '' ? '' : `: ${words}`;
  if (/bad_alloc|OOM when allocating|out of memory/i.test(words)) return `${who} ran out of memory${tail}`;
  if (signal === 'SIGKILL') {
    return `${who} was killed (SIGKILL), by hand or because the machine ran out of memory${tail}`;
  }
  if (signal !== null) return `${who} crashed (${signal})${tail}`;
  return `${who} ended unexpectedly (exit code ${code ?? 'unknown'})${tail}`;
}
