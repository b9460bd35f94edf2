import type { RunRow } from '../contract/run.ts';
import { isUnderWay } from '../contract/runState.ts';
import type { Api } from '../link/rpc.ts';

export interface Following {
  /** The runs to follow; null: all that wait or train now, and those that come while one of them does. */
  readonly ids: readonly number[] | null;
  /** Gets each new row, the first ones too, with the newest row of all that are followed, by number. */
  readonly onChange: (run: RunRow, all: readonly RunRow[]) => void;
  /** Ends the following, not the runs. */
  readonly signal?: AbortSignal;
}

/**
 * Follows runs until all have ended or are paused on the disk, or the signal aborts; gives their newest rows. Rejects when the
 * connection is lost.
 */
export function followRuns(api: Api, { ids, onChange, signal }: Following): Promise<RunRow[]> {
  const wanted = ids === null ? null : new Set(ids);
  const rows = new Map<number, RunRow>();
  const all = () => [...rows.values()].toSorted((one, other) => one.id - other.id);
  const isFollowed = (run: RunRow) => (wanted === null ? rows.has(run.id) || isUnderWay(run) : wanted.has(run.id));
  const isOver = () => rows.size >= (wanted?.size ?? 0) && ![...rows.values()].some(isUnderWay);
  return new Promise((resolve, reject) => {
    const end = () => {
      // The first value may arrive before `dispose` is known.
      queueMicrotask(() => dispose());
      resolve(all());
    };
    const dispose = api['runs.watch'](
      {},
      (changed) => {
        for (const run of changed.filter(isFollowed)) {
          rows.set(run.id, run);
          onChange(run, all());
        }
        if (isOver()) end();
      },
      reject,
    );
    signal?.addEventListener('abort', end);
  });
}
