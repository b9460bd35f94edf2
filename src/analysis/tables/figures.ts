import { decimalsFor, fixed, writtenSpread } from '../format.ts';
import type { TableOptions } from './options.ts';
import type { NumberCell, SummaryCell, Table } from './table.ts';

/** Of a value that is too small or too large for the decimals of its column. */
const SIGNIFICANT_DIGITS = 4;

/** What a cell reads as, in plain ASCII: each format sets it in its own signs. */
export interface Figures {
  /** `NaN`, `Infinity` and `-Infinity` where it is not finite. */
  readonly centre: string;
  readonly spread: string | null;
  readonly isBold: boolean;
}

export function numberFigures(cell: NumberCell, options: TableOptions): Figures {
  const { value, decimals, isBest = false } = cell;
  const digits = decimals === null ? null : (options.decimals ?? decimals);
  return { centre: centreOf(value, digits), spread: null, isBold: isBest && options.boldBest };
}

/** Fixed decimals stand below each other; what they would hide or stretch is shown by its significant digits. */
function centreOf(value: number, digits: number | null): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  if (digits === null) return String(value);
  const size = Math.abs(value);
  const isPlain = value === 0 || (size >= 10 ** -digits && size < 1e5);
  return isPlain ? fixed(value, digits) : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

/** Null where no run has a result. */
export function summaryFigures(cell: SummaryCell, options: TableOptions): Figures | null {
  const { mean, decimals, isBest = false } = cell;
  if (mean === null) return null;
  const spread = spreadOf(cell, options.spread);
  const isBold = isBest && options.boldBest;
  if (spread === null) return { centre: centreOf(mean, options.decimals ?? decimals), spread, isBold };
  const digits = options.decimals ?? decimalsFor(spread);
  const write = needsPower(mean, spread)
    ? (value: number) => value.toExponential(1).replace('+', '')
    : (value: number) => fixed(value, digits);
  return { centre: write(mean), spread: write(spread), isBold };
}

/** Of a loss that has exploded, or that is nothing but rounding, decimals say nothing. */
function needsPower(mean: number, spread: number): boolean {
  const size = Math.max(Math.abs(mean), spread);
  return size >= 1e7 || (spread > 0 && spread < 1e-6);
}

function spreadOf({ std, interval }: SummaryCell, spread: TableOptions['spread']): number | null {
  if (spread === 'none') return null;
  return writtenSpread(spread === 'std' ? std : interval && (interval.high - interval.low) / 2);
}

/** `(3)`, or `(2, 1 failed)`: the runs behind a cell. */
export function countText(n: number, failed: number): string {
  return failed === 0 ? `(${n})` : `(${n}, ${failed} failed)`;
}

const SPREAD_NOTES = {
  std: 'Mean ± sample standard deviation (number of runs).',
  interval: 'Mean ± half of the two-sided 95 % Student t interval (number of runs).',
  none: 'Mean (number of runs).',
} as const;

/** Of a mean of several runs that has no ±. */
export const EQUAL_NOTE =
  'Where a mean of several runs has no ±, all of them have the same result: that is no certainty, for the measure may be too ' +
  'coarse to tell them apart.';

/** Whether several values are all equal. */
export function areEqual({ n, std }: Pick<SummaryCell, 'n' | 'std'>): boolean {
  return n > 1 && std === 0;
}

/** The table's notes, after a sentence on what its figures are; none where none are wanted. */
export function notesOf({ rows, notes }: Table, options: TableOptions): string[] {
  const { spread, boldBest } = options;
  if (!options.notes) return [];
  const cells = rows.flat();
  const summaries = cells.filter((cell) => cell.kind === 'summary');
  const hasBest = cells.some((cell) => 'isBest' in cell && cell.isBest);
  const own = [
    ...(summaries.length > 0 ? [SPREAD_NOTES[spread]] : []),
    ...(spread !== 'none' && summaries.some(areEqual) ? [EQUAL_NOTE] : []),
    ...(summaries.some(({ failed }) => failed > 0) ? ['Failed runs are counted, not averaged in.'] : []),
    ...(boldBest && hasBest ? ['Bold marks the best.'] : []),
  ];
  return [...(own.length > 0 ? [own.join(' ')] : []), ...notes];
}
