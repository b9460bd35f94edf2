import type { RunRow } from '../contract/run.ts';
import { isUnderWay } from '../contract/runState.ts';
import type { Api } from '../link/rpc.ts';

/** Follows runs until all have ended or are paused on the disk; `onChange` gets each new row. Rejects when the connection is lost. */
export function followRuns(api: Api, ids: readonly number[], onChange: (run: RunRow) => void): Promise<RunRow[]> {
  const wanted = new Set(ids);
  const rows = new Map<number, RunRow>();
  return new Promise((resolve, reject) => {
    const dispose = api['runs.watch'](
      {},
      (changed) => {
        for (const run of changed.filter(({ id }) => wanted.has(id))) {
          rows.set(run.id, run);
          onChange(run);
        }
        const ended = ids.map((id) => rows.get(id)).filter((run) => run !== undefined && !isUnderWay(run));
        if (ended.length < ids.length) return;
        // The first value may arrive before `dispose` is known.
        queueMicrotask(() => dispose());
        resolve(ids.map((id) => rows.get(id)!));
      },
      reject,
    );
  });
}
