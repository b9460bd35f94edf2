import { unfinishedRuns } from '../../analysis/leftRuns.ts';
import { isEnded } from '../../contract/runState.ts';
import type { Handlers } from '../../link/rpc.ts';
import { grownStudy } from '../growStudy.ts';
import { newStudy } from '../newRun.ts';
import { STOPPED_WITH_STUDY } from '../stopReasons.ts';
import { tableOfStudy } from '../tableOfStudy.ts';
import type { HandlerContext } from './context.ts';

type StudyMethods =
  | 'studies.list'
  | 'studies.create'
  | 'studies.search'
  | 'studies.grow'
  | 'studies.resume'
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

  return {
    'studies.list': () => store.studies.list(),
    'studies.create': (request) => {
      const study = store.studies.create(newStudy(request, data.find(request.data).info));
      changed(study.id);
      queue.wake();
      return store.studies.get(study.id);
    },
    'studies.search': (request) => searches.start(request),
    'studies.grow': (growth) => {
      const study = store.studies.get(growth.id);
      const set = data.find(study.request.data).info;
      store.studies.grow(study.id, grownStudy(study, growth, store.studies.runs(study.id), set));
      changed(study.id);
      queue.wake();
      return store.studies.get(study.id);
    },
    'studies.resume': ({ id }) => {
      const left = unfinishedRuns(store.studies.runs(id));
      for (const run of left) {
        if (store.runs.requestResume(run.id).state !== 'queued') supervisor.resume(run.id);
      }
      changed(id);
      queue.wake();
      return { runIds: left.map((run) => run.id) };
    },
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
    'studies.table': ({ id, metric }) => tableOfStudy(context, id, metric),
  };
}
