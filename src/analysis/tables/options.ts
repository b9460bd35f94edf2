/** How a table is written for reading. CSV and JSON hold every figure as it is. */
export interface TableOptions {
  /** Digits after the point of what was measured; null for as many as the spread allows. */
  readonly decimals: number | null;
  /** What follows a mean: the sample standard deviation, half of the 95 % interval, or nothing. */
  readonly spread: 'std' | 'interval' | 'none';
  readonly boldBest: boolean;
  /** LaTeX: columns of siunitx, aligned at the decimal point, instead of formulas. */
  readonly siunitx: boolean;
  /** Sentences below the table: what its figures are, and what they allow to be said. */
  readonly notes: boolean;
}

export const TABLE_OPTIONS: TableOptions = {
  decimals: null,
  spread: 'std',
  boldBest: true,
  siunitx: true,
  notes: true,
};
