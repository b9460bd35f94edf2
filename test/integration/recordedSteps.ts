import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';

/** What a run recorded, as plain numbers. */
export interface RecordedRun {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly gradientNorm: readonly number[];
  /** By step, then by the name of a parameter tensor. Step 1 is the first. */
  readonly norms: readonly ReadonlyMap<string, number>[];
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
    return { loss, accuracy: series('accuracy'), gradientNorm: series('gradientNorm'), norms };
  } finally {
    store.close();
  }
}
