/** How much is tried. */
export interface Effort {
  readonly trials: number;
  /** Random numbers follow from it. */
  readonly seed: number;
  /** Whether the time for it is over: then fewer trials are made. */
  readonly isOver: () => boolean;
}

/** What many trials of one promise gave. */
export interface Trials {
  /** Those that were made. */
  readonly trials: number;
  /** What broke the promise, a sentence each; empty where nothing did. */
  readonly broken: readonly string[];
  /** Measured on the way: `worst state after 0.41 s`. */
  readonly figures: readonly string[];
}

/** A promise with the trials that try to break it. */
export interface ReliabilityTest {
  readonly name: string;
  /** One sentence, for the table. */
  readonly promise: string;
  /** Trials in the test suite, and in the long form. */
  readonly counts: { readonly short: number; readonly long: number };
  /** What this machine lacks for it; null where it has everything. */
  readonly missing?: () => string | null;
  /** The same trials with what the promise rests on taken away: they must break it, else a pass counts for nothing. */
  readonly control: { readonly what: string; readonly trials: number; run(effort: Effort): Promise<Trials> };
  run(effort: Effort): Promise<Trials>;
}
