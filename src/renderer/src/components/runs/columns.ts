import { fixed, formatMeasurement, formatWithSpread, typographic, writtenSpread } from '../../../../analysis/format.ts';
import {
  isMeasured,
  RUN_QUANTITIES,
  type ColumnContext,
  type RunQuantity,
} from '../../../../analysis/runTable/columns.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { formatCount, formatTime } from '../../format.ts';
import { clock } from './clock.ts';

/** A column as the window's table shows it. */
export interface RunColumn extends RunQuantity {
  /** Pixels at the base size of 13. */
  readonly width: number;
  /** Stays in sight while the table is scrolled sideways. */
  readonly isPinned: boolean;
  readonly isNumber: boolean;
  readonly isShownAtFirst: boolean;
  show(value: number | string): string;
  /** For a measured quantity: how several runs' values are shown together. Null for settings and names. */
  readonly showSpread: ((mean: number, std: number | null) => string) | null;
}

const WIDTHS: Readonly<Record<string, number>> = {
  id: 52,
  name: 200,
  state: 140,
  health: 124,
  version: 68,
  depth: 62,
  network: 140,
  block: 84,
  variant: 140,
  data: 76,
  study: 180,
  seed: 56,
  epochs: 68,
  batchSize: 88,
  learningRate: 60,
  weightDecay: 106,
  schedule: 82,
  clipNorm: 86,
  stochasticDepth: 120,
  dropPath: 86,
  validationShare: 122,
  parameters: 96,
  steps: 104,
  done: 76,
  validationAccuracy: 108,
  bestValidationAccuracy: 124,
  testAccuracy: 108,
  bestTestAccuracy: 124,
  imagesPerSecond: 104,
  duration: 112,
  left: 112,
  created: 140,
  tags: 120,
};
const USUAL_WIDTH = 92;

const PINNED = new Set(['id', 'name']);
const SHOWN_AT_FIRST = new Set([
  ...['id', 'name', 'state', 'version', 'depth', 'seed', 'learningRate', 'parameters', 'steps', 'trainLoss'],
  ...['validationAccuracy', 'testLoss', 'testAccuracy', 'imagesPerSecond', 'duration', 'tags'],
]);

/** Every column there is, in the order in which the table has them at first. */
export const RUN_COLUMNS: readonly RunColumn[] = RUN_QUANTITIES.map((quantity) => {
  const { id, unit, kind } = quantity;
  return {
    ...quantity,
    unit: kind === 'time' ? 'h:mm:ss' : unit,
    width: WIDTHS[id] ?? USUAL_WIDTH,
    isPinned: PINNED.has(id),
    isNumber: kind !== 'text',
    isShownAtFirst: SHOWN_AT_FIRST.has(id),
    show: (value) => (typeof value === 'number' ? showNumber(quantity, value) : value),
    showSpread: isMeasured(quantity) ? (mean, std) => showSpread(quantity, mean, std) : null,
  };
});

function showNumber({ kind, decimals }: RunQuantity, value: number): string {
  if (kind === 'count') return formatCount(value);
  if (kind === 'time') return clock(value);
  if (kind === 'date') return formatTime(value);
  return decimals === null ? typographic(String(value)) : showMeasured(value, decimals);
}

function showSpread({ kind, decimals }: RunQuantity, mean: number, std: number | null): string {
  if (kind !== 'time') return formatWithSpread(mean, std, decimals ?? undefined);
  const spread = writtenSpread(std);
  return spread === null ? clock(mean) : `${clock(mean)} ± ${clock(spread)}`;
}

/** Fixed decimals stand below each other; what they would hide or stretch is shown by its significant digits. */
function showMeasured(value: number, decimals: number): string {
  const size = Math.abs(value);
  const isPlain = value === 0 || (size >= 10 ** -decimals && size < 1e5);
  return isPlain ? typographic(fixed(value, decimals)) : formatMeasurement(value);
}

/** The head as it is read: `Test acc. (%)`. */
export function headOf({ label, unit }: Pick<RunColumn, 'label' | 'unit'>): string {
  return unit === '' ? label : `${label} (${unit})`;
}

/** A cell as it is read; empty where there is nothing. */
export function cellText(column: RunColumn, run: RunRow, context: ColumnContext): string {
  if (column.id === 'steps') return `${formatCount(run.lastStep)} / ${formatCount(run.totalSteps)}`;
  const value = column.read(run, context);
  return value === null ? '' : column.show(value);
}

/** The ids of columns whose cells are the same in every run: what does not tell runs apart. Needs two runs. */
export function columnsWithoutDifference(
  columns: readonly RunColumn[],
  runs: readonly RunRow[],
  context: ColumnContext,
): ReadonlySet<string> {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return new Set();
  const isSame = (column: RunColumn) => {
    const text = cellText(column, first, context);
    return others.every((run) => cellText(column, run, context) === text);
  };
  return new Set(columns.filter(isSame).map(({ id }) => id));
}
