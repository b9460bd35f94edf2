import { formatMeasurement, formatWithSpread, fixed, typographic } from '../../../../analysis/format.ts';
import { healthWord } from '../../../../analysis/health/words.ts';
import { doneShare, remainingMs } from '../../../../analysis/progress.ts';
import { stateWord } from '../../../../analysis/stateWord.ts';
import { METRICS, toDisplay } from '../../../../analysis/metrics.ts';
import type { RunHealth } from '../../../../contract/health.ts';
import { networkName, networkVariant } from '../../../../contract/network.ts';
import type { RunRow } from '../../../../contract/run.ts';
import type { TableMetric } from '../../../../contract/study.ts';
import { formatCount, formatTime } from '../../format.ts';
import { clock } from './clock.ts';

/** What a column may need besides the run itself. */
export interface ColumnContext {
  readonly studyNames: ReadonlyMap<number, string>;
  /** Absent for runs that have not been judged. */
  readonly health: ReadonlyMap<number, RunHealth>;
}

export type CellValue = number | string | null;

/** A column of the runs table, as the table, its menu and its exports know it. */
export interface RunColumn {
  readonly id: string;
  readonly label: string;
  /** Stands in the head; empty where there is none. */
  readonly unit: string;
  /** Pixels at the base size of 13. */
  readonly width: number;
  /** Stays in sight while the table is scrolled sideways. */
  readonly isPinned: boolean;
  readonly isNumber: boolean;
  readonly isShownAtFirst: boolean;
  /** In the unit of the head; null where there is nothing. */
  read(run: RunRow, context: ColumnContext): CellValue;
  show(value: number | string): string;
  /** For a measured quantity: how several runs' values are shown together. Null for settings and names. */
  readonly showSpread: ((mean: number, std: number | null) => string) | null;
}

type Read = RunColumn['read'];
type Change = Partial<Pick<RunColumn, 'unit' | 'isShownAtFirst' | 'isPinned' | 'width'>>;

const asText = (value: number | string) => String(value);
const asSetting = (value: number | string) => (typeof value === 'number' ? typographic(String(value)) : value);

function text(id: string, label: string, width: number, read: Read, change: Change = {}): RunColumn {
  return {
    id,
    label,
    width,
    read,
    unit: '',
    isPinned: false,
    isNumber: false,
    isShownAtFirst: true,
    show: asText,
    showSpread: null,
    ...change,
  };
}

function setting(id: string, label: string, width: number, read: Read, change: Change = {}): RunColumn {
  return { ...text(id, label, width, read, change), isNumber: true, show: asSetting };
}

function count(id: string, label: string, width: number, read: Read, change: Change = {}): RunColumn {
  const show = (value: number | string) => (typeof value === 'number' ? formatCount(value) : value);
  return { ...text(id, label, width, read, change), isNumber: true, show };
}

function measured(
  id: string,
  label: string,
  unit: string,
  read: Read,
  decimals: number,
  change: Change = {},
): RunColumn {
  return {
    ...text(id, label, 92, read, { unit, ...change }),
    isNumber: true,
    show: (value) => (typeof value === 'number' ? showMeasured(value, decimals) : value),
    showSpread: (mean, std) => formatWithSpread(mean, std, decimals),
  };
}

/** Fixed decimals stand below each other; what they would hide or stretch is shown by its significant digits. */
function showMeasured(value: number, decimals: number): string {
  const size = Math.abs(value);
  const isPlain = value === 0 || (size >= 10 ** -decimals && size < 1e5);
  return isPlain ? typographic(fixed(value, decimals)) : formatMeasurement(value);
}

function metric(id: TableMetric, label: string, change: Change = {}): RunColumn {
  const { read, scale, decimals } = METRICS[id];
  const inUnit = (run: RunRow) => {
    const value = read(run);
    return value === null ? null : Number(toDisplay(id, value).toPrecision(12));
  };
  return measured(id, label, scale === 100 ? '%' : '', inUnit, decimals, {
    width: scale === 100 ? 108 : 92,
    ...change,
  });
}

/** `read` gives milliseconds. */
function time(id: string, label: string, read: (run: RunRow) => number | null, change: Change = {}): RunColumn {
  const seconds = (run: RunRow) => {
    const ms = read(run);
    return ms === null ? null : ms / 1000;
  };
  return {
    ...measured(id, label, 'h:mm:ss', seconds, 0, { width: 112, ...change }),
    show: (value) => (typeof value === 'number' ? clock(value) : value),
    showSpread: (mean, std) => (std === null ? clock(mean) : `${clock(mean)} ± ${clock(std)}`),
  };
}

const hidden = { isShownAtFirst: false };
const pinned = { isPinned: true };

/** Every column there is, in the order in which the table has them at first. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  setting('id', 'Id', 52, ({ id }) => id, pinned),
  text('name', 'Name', 200, ({ name }) => name, pinned),
  text('state', 'State', 140, stateWord),
  text('health', 'Health', 108, ({ id }, { health }) => wordOf(health.get(id)), hidden),
  text('version', 'Version', 68, ({ network }) => network.version.toUpperCase()),
  setting('depth', 'Depth', 62, ({ network }) => network.depth),
  text('network', 'Network', 140, ({ network }) => networkName(network), hidden),
  text('block', 'Block', 84, ({ network }) => network.block, hidden),
  text('variant', 'Variant', 140, ({ network }) => networkVariant(network) || null, hidden),
  text('data', 'Data', 76, ({ data }) => data, hidden),
  text(
    'study',
    'Study',
    180,
    ({ studyId }, { studyNames }) => (studyId === null ? null : (studyNames.get(studyId) ?? `#${studyId}`)),
    hidden,
  ),
  setting('seed', 'Seed', 56, ({ recipe }) => recipe.seed),
  count('epochs', 'Epochs', 68, ({ recipe }) => recipe.epochs, hidden),
  count('batchSize', 'Batch size', 88, ({ recipe }) => recipe.batchSize, hidden),
  setting('learningRate', 'LR', 60, ({ recipe }) => recipe.learningRate),
  setting('weightDecay', 'Weight decay', 106, ({ recipe }) => recipe.weightDecay, hidden),
  text('schedule', 'Schedule', 82, ({ recipe }) => recipe.schedule, hidden),
  setting('clipNorm', 'Clip norm', 86, ({ recipe }) => recipe.clipNorm, hidden),
  setting('stochasticDepth', 'Stochastic depth', 120, ({ recipe }) => recipe.stochasticDepth, hidden),
  setting('dropPath', 'Drop path', 86, ({ recipe }) => recipe.dropPath, hidden),
  setting('validationShare', 'Validation share', 122, ({ recipe }) => recipe.validationShare, hidden),
  count('parameters', 'Parameters', 96, ({ parameters }) => parameters || null),
  count('steps', 'Steps', 104, ({ lastStep }) => lastStep),
  measured('done', 'Done', '%', (run) => 100 * doneShare(run), 0, { ...hidden, width: 76 }),
  metric('trainLoss', 'Train loss'),
  metric('validationLoss', 'Val. loss', hidden),
  metric('validationAccuracy', 'Val. acc.'),
  metric('bestValidationAccuracy', 'Best val. acc.', { ...hidden, width: 124 }),
  metric('testLoss', 'Test loss'),
  metric('testAccuracy', 'Test acc.'),
  metric('bestTestAccuracy', 'Best test acc.', { ...hidden, width: 124 }),
  measured('imagesPerSecond', 'Speed', 'images/s', ({ imagesPerSecond }) => imagesPerSecond, 0, { width: 104 }),
  measured('stepMs', 'Step', 'ms', ({ stepMs }) => stepMs, 1, hidden),
  measured('memory', 'Memory', 'MB', ({ peakMemoryBytes: bytes }) => bytes && bytes / 1e6, 0, hidden),
  time('duration', 'Duration', ({ elapsedMs }) => elapsedMs || null),
  time('left', 'Time left', (run) => (run.state === 'running' ? remainingMs(run) : null), hidden),
  {
    ...setting('created', 'Created', 140, ({ createdAt }) => createdAt, hidden),
    show: (value) => (typeof value === 'number' ? formatTime(value) : value),
  },
  text('tags', 'Tags', 120, ({ tags }) => tags.join(', ') || null),
];

function wordOf(health: RunHealth | undefined): string | null {
  return health === undefined ? null : healthWord(health.verdict);
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
