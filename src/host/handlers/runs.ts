import type { Handlers } from '../../link/rpc.ts';
import { announceRun } from '../live.ts';
import { newRun } from '../newRun.ts';
import type { HandlerContext } from './context.ts';

type RunMethods =
  | 'runs.list'
  | 'runs.get'
  | 'runs.environments'
  | 'runs.create'
  | 'runs.stop'
  | 'runs.pause'
  | 'runs.resume'
  | 'runs.next'
  | 'runs.move'
  | 'runs.annotate'
  | 'runs.delete'
  | 'runs.restore'
  | 'runs.watch';

export function runHandlers(context: HandlerContext): Pick<Handlers, RunMethods> {
  const { store, data, live, queue, supervisor } = context;
  const changed = (id: number) => announceRun(live, store.runs.get(id));
  const queueChanged = () => store.runs.queued().forEach(({ id }) => changed(id));
  return {
    'runs.list': ({ deleted }) => store.runs.list({ deleted }),
    'runs.get': ({ id }) => store.runs.detail(id),
    'runs.environments': ({ ids }) =>
      store.runs.existing(ids).map(({ id }) => ({ runId: id, entries: [...store.environment.list(id)] })),
    'runs.create': (request) => {
      const run = store.runs.create(newRun(request, data.find(request.data).info));
      changed(run.id);
      queue.wake();
      return store.runs.get(run.id);
    },
    'runs.stop': ({ id, reason }) => {
      store.runs.requestStop(id, reason);
      supervisor.stop(id, reason);
      changed(id);
      return null;
    },
    'runs.pause': ({ id, way }) => {
      store.runs.requestPause(id, way === 'hold' ? 'Paused by the user, in memory' : 'Paused by the user');
      supervisor.pause(id, way);
      changed(id);
      return store.runs.get(id);
    },
    'runs.resume': ({ id }) => {
      const { state } = store.runs.requestResume(id);
      if (state === 'queued') queue.wake();
      else supervisor.resume(id);
      changed(id);
      return store.runs.get(id);
    },
    'runs.next': ({ id }) => {
      const [first] = store.runs.queued();
      store.runs.moveInQueue(id, first?.id ?? null);
      queueChanged();
      return store.runs.get(id);
    },
    'runs.move': ({ id, before }) => {
      store.runs.moveInQueue(id, before);
      queueChanged();
      return store.runs.get(id);
    },
    'runs.annotate': (annotation) => {
      const run = store.runs.annotate(annotation);
      changed(run.id);
      return run;
    },
    'runs.delete': ({ ids }) => {
      store.runs.delete(ids);
      ids.forEach(changed);
      live.announce('bin', 0);
      return null;
    },
    'runs.restore': ({ ids }) => {
      store.runs.restore(ids);
      ids.forEach(changed);
      live.announce('bin', 0);
      return null;
    },
    'runs.watch': async function* (_arguments, signal) {
      const changes = live.changes('runs', signal);
      yield store.runs.list();
      for await (const ids of changes) yield store.runs.existing(ids);
    },
  };
}
