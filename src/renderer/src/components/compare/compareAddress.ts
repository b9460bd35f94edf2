import { formatRunNumbers, parseRunNumbers } from '../../../../analysis/comparison/runNumbers.ts';
import { X_MODES, type XMode } from '../../../../charts/xMode.ts';

/** Everything that is chosen in a comparison; all of it stands in the address. */
export interface CompareChoice {
  readonly runs: readonly number[];
  readonly baseline: readonly number[];
  readonly groupBy: readonly string[];
  /** Counts from 1; null: no epoch is chosen. */
  readonly atEpoch: number | null;
  readonly onlyDifferences: boolean;
  readonly xMode: XMode;
  /** Curves less the baseline's. */
  readonly showsDeltas: boolean;
}

type Query = Readonly<Record<string, unknown>>;

const USUAL_AXIS: XMode = 'epoch';

/** Reads an address' query; what makes no sense in it is as if it were not there. */
export function readCompareQuery(query: Query): CompareChoice {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const epoch = Number(text('epoch'));
  return {
    runs: parseRunNumbers(text('runs')) ?? [],
    baseline: parseRunNumbers(text('baseline')) ?? [],
    groupBy: text('group').split(',').filter(Boolean),
    atEpoch: Number.isSafeInteger(epoch) && epoch > 0 ? epoch : null,
    onlyDifferences: text('rows') !== 'all',
    xMode: (Object.keys(X_MODES) as XMode[]).find((mode) => mode === text('x')) ?? USUAL_AXIS,
    showsDeltas: text('curves') === 'delta',
  };
}

/** The same as a query; what is as usual is left out. */
export function writeCompareQuery(choice: CompareChoice): Record<string, string> {
  const { runs, baseline, groupBy, atEpoch, onlyDifferences, xMode, showsDeltas } = choice;
  return {
    ...(runs.length > 0 ? { runs: formatRunNumbers(runs) } : {}),
    ...(baseline.length > 0 ? { baseline: formatRunNumbers(baseline) } : {}),
    ...(groupBy.length > 0 ? { group: groupBy.join(',') } : {}),
    ...(atEpoch === null ? {} : { epoch: String(atEpoch) }),
    ...(onlyDifferences ? {} : { rows: 'all' }),
    ...(xMode === USUAL_AXIS ? {} : { x: xMode }),
    ...(showsDeltas ? { curves: 'delta' } : {}),
  };
}

/** Where these runs are compared, with everything else as usual. */
export function compareAddress(runs: readonly number[]): string {
  return runs.length === 0 ? '/compare' : `/compare?runs=${formatRunNumbers(runs)}`;
}
