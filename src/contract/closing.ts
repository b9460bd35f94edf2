/** Signals that may reach a trainer with the application: Ctrl-C, a service's end, a closed terminal. */
export const CLOSING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function signalReason(signal: (typeof CLOSING_SIGNALS)[number]): string {
  return `Depthlab was interrupted (${signal})`;
}

/** Whether a run ended with the application: each such reason begins with its name. */
export function endedWithDepthlab({ reason }: { readonly reason: string }): boolean {
  return reason.startsWith('Depthlab');
}

/**
 * Why runs ended with the application. A later start offers to go on with those that have one of these reasons, or are
 * `interrupted`; nobody asked for their end.
 */
export const CLOSING_REASONS = {
  stopped: 'Depthlab was closed',
  leftTheQueue: 'Depthlab was closed before its turn',
  diedBeforeItsTurn: 'Depthlab ended before its turn',
} as const;
