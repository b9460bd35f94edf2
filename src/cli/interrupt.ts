import { EXIT } from './output.ts';

/** Ctrl-C, a polite kill, and the terminal's end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at the first Ctrl-C, `terminate` at a polite kill or the terminal's end, which leave little time; a second
 * signal ends the process at once. Returns whether a signal came, and a way to stop listening.
 */
export function onInterrupt(
  stop: () => void,
  terminate: () => void = stop,
): {
  readonly wasInterrupted: () => boolean;
  readonly dispose: () => void;
} {
  let signals = 0;
  const listener = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(EXIT.interrupted);
    if (signal === 'SIGINT') stop();
    else terminate();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    wasInterrupted: () => signals > 0,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
