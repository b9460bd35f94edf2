import { networkName, networkVariant } from '../../contract/network.ts';
import type { RunRow } from '../../contract/run.ts';
import type { TableMetric } from '../../contract/study.ts';
import { METRICS, toDisplay } from '../metrics.ts';
import { doneShare, remainingMs } from '../progress.ts';
import { stateWord } from '../stateWord.ts';

/** What a column may need besides the run itself. */
export interface ColumnContext {
  readonly studyNames: ReadonlyMap<number, string>;
}

export type CellValue = number | string | null;

/** What a table of runs can show of each: in the window, on the command line and in exports. */
export interface RunQuantity {
  readonly id: string;
  readonly label: string;
  /** Stands in the head; empty where there is none. */
  readonly unit: string;
  /**
   * `setting`: what the run was asked to be; `count`: whole things; `measured`: what is averaged over runs; `time`: measured
   * seconds; `date`: milliseconds since 1970.
   */
  readonly kind: 'text' | 'setting' | 'count' | 'measured' | 'time' | 'date';
  /** Digits after the point of what is measured; null where a value is shown as it is. */
  readonly decimals: number | null;
  readonly better: 'higher' | 'lower' | null;
  /** In the unit of the head; null where there is nothing. */
  read(run: RunRow, context: ColumnContext): CellValue;
}

type Read = RunQuantity['read'];

function quantity(kind: RunQuantity['kind'], id: string, label: string, read: Read): RunQuantity {
  return { id, label, unit: '', kind, decimals: null, better: null, read };
}

function measured(id: string, label: string, unit: string, read: Read, decimals: number): RunQuantity {
  return { ...quantity('measured', id, label, read), unit, decimals };
}

function metric(id: TableMetric, label: string): RunQuantity {
  const { read, scale, decimals, higherIsBetter } = METRICS[id];
  const inUnit = (run: RunRow) => {
    const value = read(run);
    return value === null ? null : Number(toDisplay(id, value).toPrecision(12));
  };
  return {
    ...measured(id, label, scale === 100 ? '%' : '', inUnit, decimals),
    better: higherIsBetter ? 'higher' : 'lower',
  };
}

/** `read` gives milliseconds. */
function time(id: string, label: string, read: (run: RunRow) => number | null): RunQuantity {
  const seconds = (run: RunRow) => {
    const ms = read(run);
    return ms === null ? null : ms / 1000;
  };
  return { ...measured(id, label, 's', seconds, 1), kind: 'time' };
}

/** Every column there is, in the order in which a table has them at first. */
export const RUN_QUANTITIES: readonly RunQuantity[] = [
  quantity('setting', 'id', 'Id', ({ id }) => id),
  quantity('text', 'name', 'Name', ({ name }) => name),
  quantity('text', 'state', 'State', stateWord),
  quantity('text', 'version', 'Version', ({ network }) => network.version.toUpperCase()),
  quantity('setting', 'depth', 'Depth', ({ network }) => network.depth),
  quantity('text', 'network', 'Network', ({ network }) => networkName(network)),
  quantity('text', 'block', 'Block', ({ network }) => network.block),
  quantity('text', 'variant', 'Variant', ({ network }) => networkVariant(network) || null),
  quantity('text', 'data', 'Data', ({ data }) => data),
  quantity('text', 'study', 'Study', ({ studyId }, { studyNames }) =>
    studyId === null ? null : (studyNames.get(studyId) ?? `#${studyId}`),
  ),
  quantity('setting', 'seed', 'Seed', ({ recipe }) => recipe.seed),
  quantity('count', 'epochs', 'Epochs', ({ recipe }) => recipe.epochs),
  quantity('count', 'batchSize', 'Batch size', ({ recipe }) => recipe.batchSize),
  quantity('setting', 'learningRate', 'LR', ({ recipe }) => recipe.learningRate),
  quantity('setting', 'weightDecay', 'Weight decay', ({ recipe }) => recipe.weightDecay),
  quantity('text', 'schedule', 'Schedule', ({ recipe }) => recipe.schedule),
  quantity('setting', 'clipNorm', 'Clip norm', ({ recipe }) => recipe.clipNorm),
  quantity('setting', 'stochasticDepth', 'Stochastic depth', ({ recipe }) => recipe.stochasticDepth),
  quantity('setting', 'dropPath', 'Drop path', ({ recipe }) => recipe.dropPath),
  quantity('setting', 'validationShare', 'Validation share', ({ recipe }) => recipe.validationShare),
  quantity('count', 'parameters', 'Parameters', ({ parameters }) => parameters || null),
  quantity('count', 'steps', 'Steps', ({ lastStep }) => lastStep),
  measured('done', 'Done', '%', (run) => 100 * doneShare(run), 0),
  metric('trainLoss', 'Train loss'),
  metric('validationLoss', 'Val. loss'),
  metric('validationAccuracy', 'Val. acc.'),
  metric('bestValidationAccuracy', 'Best val. acc.'),
  metric('testLoss', 'Test loss'),
  metric('testAccuracy', 'Test acc.'),
  metric('bestTestAccuracy', 'Best test acc.'),
  measured('imagesPerSecond', 'Speed', 'images/s', ({ imagesPerSecond }) => imagesPerSecond, 0),
  measured('stepMs', 'Step', 'ms', ({ stepMs }) => stepMs, 1),
  measured('memory', 'Memory', 'MB', ({ peakMemoryBytes: bytes }) => bytes && bytes / 1e6, 0),
  time('duration', 'Duration', ({ elapsedMs }) => elapsedMs || null),
  time('left', 'Time left', (run) => (run.state === 'running' ? remainingMs(run) : null)),
  quantity('date', 'created', 'Created', ({ createdAt }) => createdAt),
  quantity('text', 'tags', 'Tags', ({ tags }) => tags.join(', ') || null),
];

/** Whether a column is averaged over the runs of a group; of the others a group has what its runs have alike. */
export function isMeasured({ kind }: Pick<RunQuantity, 'kind'>): boolean {
  return kind === 'measured' || kind === 'time';
}

/** The columns of these ids, in their order; unknown ones are left out. */
export function runQuantities(ids: readonly string[]): RunQuantity[] {
  return ids.flatMap((id) => RUN_QUANTITIES.find((column) => column.id === id) ?? []);
}
