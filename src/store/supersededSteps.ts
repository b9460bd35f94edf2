import { QUANTITY_FACTS } from '../analysis/layerQuantities.ts';
import { OBSERVED_QUANTITIES, SITE_OF, type LayerQuantity } from '../contract/flow.ts';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { pieces, toBytes, toFloats } from './chunks.ts';
import type { Context } from './context.ts';
import type { Events } from './events.ts';
import type { ObservationRows } from './observations.ts';
import type { StepReader } from './stepReader.ts';

/**
 * The steps after the checkpoint that a run was resumed from: they are trained again, and each is compared, with what was observed
 * of it, with what it was before it is let go of. All of it runs inside the caller's transaction.
 */
export interface SupersededSteps {
  /** Keeps the steps after `step`, up to `lastStep`, to compare them; for the moment before they are taken out. */
  keep(runId: number, step: number, lastStep: number): void;
  /**
   * Lets go of all, because the steps that follow are trained otherwise. Where a resume from `uncomparedTo` or before would train
   * steps otherwise too, the next one compares nothing.
   */
  forget(runId: number, uncomparedTo?: number): void;
  /** Compares the steps of a frame. The first that differs leaves a warning, and the rest is not compared. */
  compare(runId: number, frame: StepFrame): void;
}

interface Parts {
  readonly reader: StepReader;
  readonly observations: ObservationRows;
  readonly events: Events;
}

/** How long a step took is another each time. */
const COMPARED = [...STEP_SERIES.entries()].filter(([, name]) => name !== 'stepMs');

/** Of a kept step, after its series. */
const LAYER_VALUES: readonly LayerQuantity[] = ['gradientNorm', ...OBSERVED_QUANTITIES];

const TITLES: Readonly<Record<(typeof STEP_SERIES)[number], string>> = {
  loss: 'the loss',
  accuracy: 'the accuracy',
  gradientNorm: 'the global gradient norm',
  learningRate: 'the learning rate',
  stepMs: 'the duration',
};

export function createSupersededSteps({ database }: Context, { reader, observations, events }: Parts): SupersededSteps {
  const insert = database.prepare<[number, number, Buffer]>(
    'INSERT OR REPLACE INTO superseded_steps (run_id, step, float32) VALUES (?, ?, ?)',
  );
  const list = database.prepare<[number, number, number], { step: number; float32: Buffer }>(
    'SELECT step, float32 FROM superseded_steps WHERE run_id = ? AND step BETWEEN ? AND ? ORDER BY step',
  );
  const removeTo = database.prepare<[number, number]>('DELETE FROM superseded_steps WHERE run_id = ? AND step <= ?');
  const removeAll = database.prepare<[number]>('DELETE FROM superseded_steps WHERE run_id = ?');
  const uncomparedTo = database.prepare<[number], number | null>('SELECT uncompared_to FROM runs WHERE id = ?').pluck();
  const setUncomparedTo = database.prepare<[number | null, number]>('UPDATE runs SET uncompared_to = ? WHERE id = ?');

  const warn = (runId: number, step: number, { what, before, now }: Difference) =>
    events.record(
      runId,
      'warning',
      `Step ${step} was trained again and is not what it was: ${what} is ${now}, before it was ${before}. This device does ` +
        'not repeat its numbers, so this run cannot be compared bit for bit with one that was never interrupted. Numbers ' +
        'repeat on the same processor with the same number of threads; on a GPU they may not',
    );

  /** What is at a place after the series, by layer: a gradient norm, then what was observed. */
  const valueAt = (runId: number, place: number): string => {
    let offset = 0;
    for (const quantity of LAYER_VALUES) {
      const names = observations.layerNames(runId, SITE_OF[quantity]);
      const name = names[place - offset];
      if (name !== undefined) return `the ${QUANTITY_FACTS[quantity].title.toLowerCase()} of ${name}`;
      offset += names.length;
    }
    throw new Error(`An observed step of run ${runId} has no value at place ${place}`);
  };

  /** The first number that is another, bit for bit; null where none is. A step of format 8 and before was kept without observation. */
  const differenceOf = (runId: number, before: Float32Array, now: Float32Array): Difference | null => {
    const bits = (values: Float32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);
    const [bitsBefore, bitsNow] = [bits(before), bits(now)];
    const differs = (index: number) => bitsBefore[index] !== bitsNow[index];
    const series = COMPARED.find(([column]) => differs(column));
    if (series) return { what: TITLES[series[1]], before: before[series[0]]!, now: now[series[0]]! };
    for (let index = STEP_SERIES.length; index < Math.min(before.length, now.length); index += 1) {
      if (!differs(index)) continue;
      return { what: valueAt(runId, index - STEP_SERIES.length), before: before[index]!, now: now[index]! };
    }
    return null;
  };

  return {
    keep(runId, step, lastStep) {
      if ((uncomparedTo.get(runId) ?? -1) >= step) {
        // It diverged after this checkpoint and was trained otherwise then (now it meets the divergence first), or was extended.
        removeAll.run(runId);
        setUncomparedTo.run(null, runId);
        return;
      }
      const layers = reader.layerCount(runId);
      for (const { firstStep, count } of pieces(step + 1, lastStep - step)) {
        const last = firstStep + count - 1;
        const series = STEP_SERIES.map((name) => reader.series(runId, name, firstStep, last));
        const norms = reader.norms(runId, firstStep, last, layers);
        for (let row = 0; row < count; row += 1) {
          const values = [
            ...series.map((column) => column[row]!),
            ...norms.subarray(row * layers, (row + 1) * layers),
            ...(observations.whole(runId, firstStep + row) ?? []),
          ];
          insert.run(runId, firstStep + row, toBytes(Float32Array.from(values)));
        }
      }
    },
    forget(runId, to) {
      removeAll.run(runId);
      if (to !== undefined) setUncomparedTo.run(to, runId);
    },
    compare(runId, frame) {
      const last = frame.firstStep + frame.count - 1;
      for (const { step, float32 } of list.all(runId, frame.firstStep, last)) {
        const difference = differenceOf(runId, toFloats(float32), rowOf(frame, step));
        if (difference === null) continue;
        warn(runId, step, difference);
        removeAll.run(runId);
        return;
      }
      removeTo.run(runId, last);
    },
  };
}

interface Difference {
  readonly what: string;
  readonly before: number;
  readonly now: number;
}

/** A step of a frame: its series, its norms, and what was observed of it. */
function rowOf({ firstStep, count, series, norms, observations }: StepFrame, step: number): Float32Array {
  const row = step - firstStep;
  const width = STEP_SERIES.length;
  const layers = norms.length / count;
  const observed = observations?.steps.indexOf(step) ?? -1;
  const observedWidth = observations ? observations.values.length / observations.steps.length : 0;
  return Float32Array.from([
    ...series.subarray(row * width, (row + 1) * width),
    ...norms.subarray(row * layers, (row + 1) * layers),
    ...(observations && observed >= 0
      ? observations.values.subarray(observed * observedWidth, (observed + 1) * observedWidth)
      : []),
  ]);
}
