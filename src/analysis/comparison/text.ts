import { decimalsFor, fixed, formatMeasurement, formatWithSpread, typographic, writtenSpread } from '../format.ts';
import type { MeanDifference } from '../welch.ts';
import type { FactCell, ResultRow } from './comparison.ts';
import type { Section } from './facts.ts';
import type { ResultCell } from './results.ts';

/** Stands where a column has nothing. */
export const NOTHING = '–';

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  run: 'Run',
  architecture: 'Architecture',
  recipe: 'Recipe',
  data: 'Data',
  environment: 'Environment',
  results: 'Results',
};

/** Different values of a group that are read one by one; of more, the rest is counted. */
const SHOWN_VALUES = 4;

/** `0.1`, or `1, 2, 3` where the runs of a group differ. */
export function factText({ values }: FactCell): string {
  const words = values.map((value) => value ?? NOTHING);
  const rest = words.length - SHOWN_VALUES;
  return rest > 0 ? `${words.slice(0, SHOWN_VALUES).join(', ')} and ${rest} more` : words.join(', ');
}

type Shown = Pick<ResultRow, 'decimals' | 'differenceUnit'>;

/** `97.69 ± 0.16 (3)` of a group, `97.69` of a run. */
export function resultText({ decimals }: Shown, cell: ResultCell, isGroup: boolean): string {
  if (cell.mean === null) return isGroup ? `${NOTHING} (0)` : NOTHING;
  if (!isGroup) return oneText(decimals, cell.mean);
  return `${meanText(decimals, cell.mean, cell.std)} (${cell.n})`;
}

/** From here on decimals say nothing: a loss that has exploded. */
const HUGE = 1e7;

function meanText(decimals: number, mean: number, std: number | null): string {
  const spread = writtenSpread(std);
  if (spread === null) return oneText(decimals, mean);
  if (Math.max(Math.abs(mean), spread) >= HUGE)
    return `${formatMeasurement(mean, 2)} ± ${formatMeasurement(spread, 2)}`;
  return formatWithSpread(mean, spread, decimals);
}

function oneText(decimals: number, value: number): string {
  const isPlain = value === 0 || (Math.abs(value) >= 10 ** -decimals && Math.abs(value) < HUGE);
  return isPlain && Number.isFinite(value) ? typographic(fixed(value, decimals)) : formatMeasurement(value);
}

/** `+0.83 points`, with `± 0.69` before the unit where both sides have two runs: half of the 95 % interval. */
export function deltaText({ decimals, differenceUnit }: Shown, { difference, interval }: MeanDifference): string {
  const half = interval === null ? null : (interval.high - interval.low) / 2;
  const text = formatWithSpread(difference, half, decimals);
  const sign = difference > 0 && !/^0(\.0*)?( |$)/.test(text) ? '+' : '';
  return `${sign}${text}${differenceUnit}`;
}

/** `95 % interval 0.14 to 1.52 points`; empty where there is none. */
export function intervalText({ decimals, differenceUnit }: Shown, { interval }: MeanDifference): string {
  if (interval === null) return '';
  const half = (interval.high - interval.low) / 2;
  const digits = half === 0 ? decimals : decimalsFor(half);
  const [low, high] = [interval.low, interval.high].map((bound) => typographic(fixed(bound, digits)));
  return `95 % interval ${low} to ${high}${differenceUnit}`;
}

/**
 * Whether a difference is more than its interval leaves to chance: only then it may be called better or worse. Null where it
 * is not, where there is no interval, and where neither is better.
 */
export function deltaOutcome(better: ResultRow['better'], { interval }: MeanDifference): 'better' | 'worse' | null {
  if (interval === null || better === null || (interval.low <= 0 && interval.high >= 0)) return null;
  return interval.low > 0 === (better === 'higher') ? 'better' : 'worse';
}

/** `epoch 3`, `epochs 3 to 5`; empty for what is of no epoch. */
export function epochText({ epochs }: Pick<ResultCell, 'epochs'>): string {
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (first === undefined) return '';
  return first === last ? `epoch ${first}` : `epochs ${first} to ${last}`;
}
