import { studyTable } from '../../analysis/studyTable.ts';
import { UserError } from '../../contract/errors.ts';
import { isEnded } from '../../contract/runState.ts';
import type { StudyTable, TableMetric } from '../../contract/study.ts';
import type { Handlers } from '../../link/rpc.ts';
import { newStudy } from '../newRun.ts';
import { STOPPED_WITH_STUDY } from '../stopReasons.ts';
import type { HandlerContext } from './context.ts';

type StudyMethods =
  | 'studies.list'
  | 'studies.create'
  | 'studies.search'
  | 'studies.stop'
  | 'studies.delete'
  | 'studies.restore'
  | 'studies.watch'
  | 'studies.table';

export function studyHandlers(context: HandlerContext): Pick<Handlers, StudyMethods> {
  const { store, data, live, queue, supervisor, searches } = context;

  const changed = (id: number) => {
    live.announce('studies', id);
    for (const runId of store.studies.get(id).runIds) live.announce('runs', runId);
    live.announce('status', 0);
  };

  const table = (id: number, metric: TableMetric): StudyTable => {
    const { name, request } = store.studies.get(id);
    if (request.search !== undefined) throw noTable(id);
    return studyTable({ studyId: id, name, metric, runs: store.studies.runs(id) });
  };

  return {
    'studies.list': () => store.studies.list(),
    'studies.create': (request) => {
      const study = store.studies.create(newStudy(request, data.find(request.data).info));
      changed(study.id);
      queue.wake();
      return store.studies.get(study.id);
    },
    'studies.search': (request) => searches.start(request),
    'studies.stop': ({ id }) => {
      // Waiting runs first, so that none of them starts when the one that trains ends.
      const open = store.studies.runs(id).filter(({ state }) => !isEnded(state) && state !== 'stopping');
      const waitingFirst = open.toSorted(
        (left, right) => Number(right.state === 'queued') - Number(left.state === 'queued'),
      );
      for (const run of waitingFirst) {
        store.runs.requestStop(run.id, STOPPED_WITH_STUDY);
        supervisor.stop(run.id, STOPPED_WITH_STUDY);
      }
      changed(id);
      return null;
    },
    'studies.delete': ({ id }) => {
      store.studies.delete(id);
      changed(id);
      live.announce('bin', 0);
      return null;
    },
    'studies.restore': ({ id }) => {
      store.studies.restore(id);
      changed(id);
      live.announce('bin', 0);
      return null;
    },
    'studies.watch': async function* (_arguments, signal) {
      const studies = live.changes('studies', signal);
      yield store.studies.list();
      for await (const ids of studies) yield store.studies.existing(ids);
    },
    'studies.table': ({ id, metric }) => table(id, metric),
  };
}

/** A mean over runs of different architectures would be taken for one over seeds. */
function noTable(id: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Study ${id} is a search: its trials are different networks, each with one seed, and have no paired table`,
    where: `study ${id}`,
    hint: 'List them with "runs list", or copy them from the runs table of the application',
  });
}
