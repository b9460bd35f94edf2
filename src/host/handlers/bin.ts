import type { Bin, Purged } from '../../contract/bin.ts';
import { UserError } from '../../contract/errors.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { PurgedRows } from '../../store/bin.ts';
import type { Store } from '../../store/store.ts';
import { deleteCheckpoints } from '../checkpoints.ts';
import type { Live } from '../live.ts';
import type { HandlerContext } from './context.ts';

type BinMethods = 'bin.list' | 'bin.watch' | 'runs.purge' | 'studies.purge';

/** What was deleted, and its deletion for good: rows first, so that no row ever names a file that is gone. */
export function binHandlers({ store, live }: HandlerContext): Pick<Handlers, BinMethods> {
  const finish = (rows: PurgedRows): Purged => {
    announceGone(live, rows);
    const files = rows.runIds.map((id) => deleteCheckpoints(store.file, id));
    const failed = files.find(({ fault }) => fault !== null);
    if (failed?.fault) throw notDeleted(failed.folder, failed.fault);
    return {
      studyIds: [...rows.studyIds],
      runIds: [...rows.runIds],
      checkpoints: sum(files.map(({ count }) => count)),
      checkpointBytes: sum(files.map(({ bytes }) => bytes)),
      databaseBytes: rows.databaseBytes,
    };
  };
  return {
    'bin.list': () => contents(store),
    'bin.watch': async function* (_arguments, signal) {
      const changes = live.changes('bin', signal);
      yield contents(store);
      for await (const change of changes) if (change.size > 0) yield contents(store);
    },
    'runs.purge': ({ ids }) => finish(store.bin.purgeRuns(ids)),
    'studies.purge': ({ ids }) => finish(store.bin.purgeStudies(ids)),
  };
}

function contents(store: Store): Bin {
  const checkpoints = store.bin.checkpoints();
  return {
    studies: store.studies.list({ deleted: true }),
    runs: store.runs.list({ deleted: true }).map((run) => {
      const own = checkpoints.get(run.id);
      return { run, checkpoints: own?.count ?? 0, checkpointBytes: own?.bytes ?? 0 };
    }),
  };
}

/** Watchers of runs and studies had them out of their lists since they went to the bin; a run that stayed alone changed. */
function announceGone(live: Live, { studyIds, runIds }: PurgedRows): void {
  for (const id of runIds) live.announce('runs', id);
  for (const id of studyIds) live.announce('studies', id);
  live.announce('bin', 0);
  live.announce('status', 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function notDeleted(folder: string, fault: string): UserError {
  return new UserError({
    code: 'failed',
    message: `Everything recorded is deleted, but checkpoints could not be (${fault})`,
    where: folder,
    hint: 'Delete this folder yourself; nothing needs it any more.',
  });
}
