import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';

/** What a run recorded, as plain numbers. */
export interface RecordedRun {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly gradientNorm: readonly number[];
  /** By step, then by the name of a parameter tensor. Step 1 is the first. */
  readonly norms: readonly ReadonlyMap<string, number>[];
  /** By observed step, in their order, then by the name of a ReLU: the share of its channels that are dead. */
  readonly deadShares: readonly { readonly step: number; readonly shares: ReadonlyMap<string, number> }[];
}

/** Reads the database of a command that has ended. */
export function recordedRun(folder: string, runId: number): RecordedRun {
  const store = openStore(join(folder, 'depthlab.db'), { readOnly: true });
  try {
    const series = (name: 'loss' | 'accuracy' | 'gradientNorm') => [...store.steps.readSeries(runId, name).values];
    const loss = series('loss');
    const norms = loss.map((_, index) => {
      const { layers } = store.steps.readNorms(runId, index + 1);
      return new Map(layers.map(({ name, norm }) => [name, norm]));
    });
    const { steps, layers: relus, values } = store.steps.readFlowMap(runId, 'deadFraction', { columns: loss.length });
    const deadShares = [...steps].map((step, row) => ({
      step,
      shares: new Map(relus.map((name, relu) => [name, values[row * relus.length + relu]!])),
    }));
    return { deadShares, loss, accuracy: series('accuracy'), gradientNorm: series('gradientNorm'), norms };
  } finally {
    store.close();
  }
}
