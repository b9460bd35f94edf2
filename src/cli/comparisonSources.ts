import type { ComparisonSources } from '../analysis/comparison/comparison.ts';
import type { Api } from '../link/rpc.ts';
import { namedRuns } from './namedRuns.ts';

/** Everything that a comparison of these runs reads, in their order. Throws a `UserError` where one of them is not there. */
export async function comparisonSources(api: Api, ids: readonly number[]): Promise<ComparisonSources> {
  const [runs, epochs, environments, studies] = await Promise.all([
    namedRuns(api, ids),
    api['epochs.list']({ runIds: [...ids] }),
    api['runs.environments']({ ids: [...ids] }),
    api['studies.list']({}),
  ]);
  return {
    runs,
    epochs: Map.groupBy(epochs, ({ runId }) => runId),
    environments: new Map(environments.map(({ runId, entries }) => [runId, entries])),
    studyNames: new Map(studies.map(({ id, name }) => [id, name])),
  };
}
