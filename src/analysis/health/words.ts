import { HealthFault, type HealthVerdict } from '../../contract/health.ts';

const WORDS: Readonly<Record<HealthVerdict, string>> = {
  diverged: 'diverged',
  exploding: 'exploding',
  dead: 'dead layers',
  vanishing: 'vanishing',
  stalled: 'stalled',
  recovered: 'fault earlier',
  healthy: 'healthy',
  unknown: 'no verdict',
};

/** A verdict as a reader meets it, in tables and in sentences. */
export function healthWord(verdict: HealthVerdict): string {
  return WORDS[verdict];
}

/** Whether something is wrong at the newest step. */
export function isFault(verdict: HealthVerdict): verdict is HealthFault {
  return (HealthFault.options as readonly HealthVerdict[]).includes(verdict);
}
