import { EXIT } from './output.ts';

/** Ctrl-C, a polite kill, and the terminal's end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at the first Ctrl-C or SIGTERM; a second one ends the process at once.
 * Returns whether a signal came, and a way to stop listening.
 */
export function onInterrupt(stop: () => void): {
  readonly wasInterrupted: () => boolean;
  readonly dispose: () => void;
} {
  let signals = 0;
  const listener = () => {
    signals += 1;
    if (signals > 1) process.exit(EXIT.interrupted);
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    wasInterrupted: () => signals > 0,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
