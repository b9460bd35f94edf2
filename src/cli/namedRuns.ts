import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import type { Api } from '../link/rpc.ts';

/** The runs of these numbers, in their order. Throws a `UserError` where one of them is not there. */
export async function namedRuns(api: Api, ids: readonly number[]): Promise<RunRow[]> {
  const byId = new Map((await api['runs.list']({})).map((run) => [run.id, run]));
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length === 0) return ids.map((id) => byId.get(id)!);
  throw new UserError({
    code: 'not-found',
    message: `There is no run ${missing.join(', ')}`,
    where: 'runs',
    hint: '"depthlab runs list" shows all runs; a deleted one has to be restored first',
  });
}
