import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

type SeriesMethods = 'epochs.list' | 'epochs.watch' | 'curves.watch' | 'curves.read' | 'norms.watch' | 'norms.read';

/** Results by epoch, series by step, norms by layer. A watch reads history and what is new by the same call. */
export function seriesHandlers({ store, live }: HandlerContext): Pick<Handlers, SeriesMethods> {
  return {
    'epochs.list': ({ runIds }) => store.epochs.list(runIds),
    'epochs.watch': async function* ({ runIds }, signal) {
      const changes = live.changes('epochs', signal);
      yield store.epochs.list(runIds);
      for await (const ids of changes) {
        const changed = runIds.filter((id) => ids.has(id));
        if (changed.length > 0) yield store.epochs.list(changed);
      }
    },
    'curves.watch': async function* ({ runIds, series, fromStep, toStep, pixels }, signal) {
      const read = (ids: readonly number[]) => ({
        series,
        curves: ids.map((id) => store.steps.readCurve(id, series, { fromStep, toStep, pixels })),
      });
      const changes = live.changes('steps', signal);
      yield read(runIds);
      for await (const ids of changes) {
        const changed = runIds.filter((id) => ids.has(id));
        if (changed.length > 0) yield read(changed);
      }
    },
    'curves.read': ({ runId, series, fromStep, toStep }) => store.steps.readSeries(runId, series, fromStep, toStep),
    'norms.watch': async function* ({ runId, fromStep, toStep, columns }, signal) {
      const changes = live.changes('steps', signal);
      yield store.steps.readNormMap(runId, { fromStep, toStep, columns });
      for await (const ids of changes) {
        if (ids.has(runId)) yield store.steps.readNormMap(runId, { fromStep, toStep, columns });
      }
    },
    'norms.read': ({ runId, step }) => store.steps.readNorms(runId, step),
  };
}
