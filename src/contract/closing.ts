/**
 * Why runs ended with the application. A later start offers to go on with those that have one of these reasons, or are
 * `interrupted`; nobody asked for their end.
 */
export const CLOSING_REASONS = {
  stopped: 'Depthlab was closed',
  leftTheQueue: 'Depthlab was closed before its turn',
  diedBeforeItsTurn: 'Depthlab ended before its turn',
} as const;
