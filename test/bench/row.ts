/** One measured figure. Medians over several repetitions unless the note says otherwise. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** This figure over the named peer's, measured in the same run. */
  readonly ratioTo?: { readonly name: string; readonly value: number };
  /** What was left out, and why; or how it was measured. */
  readonly note?: string;
}

export interface BenchOptions {
  /** Few repetitions: shows that the benchmark works, not a figure to quote. */
  readonly quick: boolean;
}

export interface BenchModule {
  readonly name: string;
  run(options: BenchOptions): Promise<BenchRow[]>;
}
