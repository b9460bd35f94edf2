import { METRICS } from '../../../../analysis/metrics.ts';
import type { RunRow } from '../../../../contract/run.ts';
import type { TableMetric } from '../../../../contract/study.ts';

/**
 * A search's trials from the best: those that trained longest come first, because a trial of more epochs is not to be
 * measured by one of fewer; those without a result are last.
 */
export function rankTrials(runs: readonly RunRow[], metric: TableMetric): RunRow[] {
  const { read, higherIsBetter } = METRICS[metric];
  const worth = (run: RunRow) => {
    const value = run.state === 'finished' ? read(run) : null;
    return value === null || !Number.isFinite(value) ? -Infinity : higherIsBetter ? value : -value;
  };
  const length = (run: RunRow) => (worth(run) === -Infinity ? 0 : run.recipe.epochs);
  return runs.toSorted((one, other) => {
    const longer = length(other) - length(one);
    const better = worth(other) - worth(one);
    return longer || (Number.isNaN(better) ? 0 : better) || one.id - other.id;
  });
}
