import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

type SeriesMethods =
  'epochs.list' | 'epochs.watch' | 'curves.watch' | 'curves.read' | 'norms.read' | 'flow.watch' | 'flow.read';

/** Results by epoch, series by step, norms by layer. A watch reads history and what is new by the same call. */
export function seriesHandlers({ store, live }: Pick<HandlerContext, 'store' | 'live'>): Pick<Handlers, SeriesMethods> {
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
    'norms.read': ({ runId, step }) => store.steps.readNorms(runId, step),
    'flow.watch': async function* ({ runId, quantity, ...range }, signal) {
      const changes = live.changes('steps', signal);
      /** The newest step that the quantity has; its map changes with it. */
      const newest = () =>
        quantity === 'gradientNorm' ? store.runs.get(runId).lastStep : store.steps.newestObserved(runId);
      let shown = newest();
      yield store.steps.readFlowMap(runId, quantity, range);
      for await (const ids of changes) {
        if (!ids.has(runId) || newest() === shown) continue;
        shown = newest();
        yield store.steps.readFlowMap(runId, quantity, range);
      }
    },
    'flow.read': ({ runId, step }) => store.steps.readFlowProfile(runId, step),
  };
}
