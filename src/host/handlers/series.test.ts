import { expect, it, onTestFinished } from 'vitest';
import type { LayerQuantity } from '../../contract/flow.ts';
import { OBSERVED_LAYERS, observedFrame, runningRun, temporaryStore } from '../../store/store.fixture.ts';
import { createLive } from '../live.ts';
import { seriesHandlers } from './series.ts';

/** Steps that each map of a watched quantity ends with, as it is told. */
function watching(quantity: LayerQuantity) {
  const store = temporaryStore();
  const live = createLive();
  const { id, attempt } = runningRun(store, ['stem', 'head'], OBSERVED_LAYERS);
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  const maps = seriesHandlers({ store, live })['flow.watch'](
    { runId: id, quantity, columns: 64 },
    ended.signal,
    'program',
  );
  const heard: (number | undefined)[] = [];
  void (async () => {
    for await (const map of maps) heard.push(map.steps.at(-1));
  })();
  const append = (firstStep: number, count: number) => {
    store.steps.append(id, attempt, observedFrame(firstStep, count, 10), 1);
    live.announce('steps', id);
  };
  const goBack = (step: number) => {
    store.runs.goBack(id, attempt, { step, text: '', cause: 'divergence' });
    live.announce('steps', id);
  };
  return { heard, append, goBack };
}

it('a watched quantity is told again when a step was observed, and when one is taken back', async () => {
  const { heard, append, goBack } = watching('weightNorm');
  await expect.poll(() => heard).toEqual([undefined]);
  append(1, 12);
  await expect.poll(() => heard).toEqual([undefined, 10]);
  append(13, 5);
  append(18, 3);
  await expect.poll(() => heard).toEqual([undefined, 10, 20]);
  goBack(15);
  await expect.poll(() => heard).toEqual([undefined, 10, 20, 10]);
});

it('gradient norms are told again with every step', async () => {
  const { heard, append } = watching('gradientNorm');
  await expect.poll(() => heard).toEqual([undefined]);
  append(1, 12);
  await expect.poll(() => heard).toEqual([undefined, 12]);
  append(13, 1);
  await expect.poll(() => heard).toEqual([undefined, 12, 13]);
});
