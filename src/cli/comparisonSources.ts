import type { ComparisonSources } from '../analysis/comparison/comparison.ts';
import { UserError } from '../contract/errors.ts';
import type { Api } from '../link/rpc.ts';

/** Everything that a comparison of these runs reads, in their order. Throws a `UserError` where one of them is not there. */
export async function comparisonSources(api: Api, ids: readonly number[]): Promise<ComparisonSources> {
  const [rows, epochs, environments, studies] = await Promise.all([
    api['runs.list']({}),
    api['epochs.list']({ runIds: [...ids] }),
    api['runs.environments']({ ids: [...ids] }),
    api['studies.list']({}),
  ]);
  const byId = new Map(rows.map((run) => [run.id, run]));
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length > 0) {
    throw new UserError({
      code: 'not-found',
      message: `There is no run ${missing.join(', ')}`,
      where: 'compare',
      hint: '"depthlab runs list" shows all runs; a deleted one has to be restored before it is compared',
    });
  }
  return {
    runs: ids.map((id) => byId.get(id)!),
    epochs: Map.groupBy(epochs, ({ runId }) => runId),
    environments: new Map(environments.map(({ runId, entries }) => [runId, entries])),
    studyNames: new Map(studies.map(({ id, name }) => [id, name])),
  };
}
