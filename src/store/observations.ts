import {
  OBSERVED_QUANTITIES,
  SITE_OF,
  type LayerSite,
  type Observations,
  type ObservedQuantity,
} from '../contract/flow.ts';
import { toBytes, toFloats } from './chunks.ts';
import type { Context } from './context.ts';

export interface ObservedRow {
  readonly step: number;
  readonly values: Float32Array;
}

/** What was observed by layer: one row a quantity and step. Changes run inside the caller's transaction. */
export interface ObservationRows {
  /** Numbers of an observation: every quantity for all layers of its site. */
  width(runId: number): number;
  layerNames(runId: number, site: LayerSite): string[];
  insert(runId: number, observations: Observations): void;
  /** Whether these are in the file, bit for bit. */
  has(runId: number, observations: Observations): boolean;
  /** Steps that were observed between two, both included. */
  steps(runId: number, firstStep: number, lastStep: number): number[];
  /** The newest observed step up to this one; null where there is none. */
  newest(runId: number, upTo: number): number | null;
  /** All of one step, as in a frame; null where it was not observed. */
  whole(runId: number, step: number): Float32Array | null;
  /** A quantity at one step; null where it was not observed. */
  at(runId: number, quantity: ObservedQuantity, step: number): Float32Array | null;
  /** A quantity at the observed steps of a range, in step order. */
  rows(runId: number, quantity: ObservedQuantity, firstStep: number, lastStep: number): Iterable<ObservedRow>;
}

/** Every observation has a row of each quantity; this one tells which steps there are. */
const MARK: ObservedQuantity = 'weightNorm';

export function createObservationRows({ database }: Pick<Context, 'database'>): ObservationRows {
  const parameterNames = database
    .prepare<[number], string>('SELECT name FROM layers WHERE run_id = ? ORDER BY position')
    .pluck();
  const observedNames = database
    .prepare<[number, string], string>(
      'SELECT name FROM observed_layers WHERE run_id = ? AND site = ? ORDER BY position',
    )
    .pluck();
  const insertRow = database.prepare<[number, string, number, Buffer]>(
    'INSERT INTO observations (run_id, quantity, step, float32) VALUES (?, ?, ?, ?)',
  );
  const listSteps = database
    .prepare<[number, string, number, number], number>(
      'SELECT step FROM observations WHERE run_id = ? AND quantity = ? AND step BETWEEN ? AND ? ORDER BY step',
    )
    .pluck();
  const newestStep = database
    .prepare<[number, string, number], number | null>(
      'SELECT max(step) FROM observations WHERE run_id = ? AND quantity = ? AND step <= ?',
    )
    .pluck();
  const listRows = database.prepare<[number, string, number, number], { step: number; float32: Buffer }>(
    'SELECT step, float32 FROM observations WHERE run_id = ? AND quantity = ? AND step BETWEEN ? AND ? ORDER BY step',
  );

  const findRow = database
    .prepare<[number, string, number], Buffer>(
      'SELECT float32 FROM observations WHERE run_id = ? AND quantity = ? AND step = ?',
    )
    .pluck();

  const layerNames = (runId: number, site: LayerSite) =>
    site === 'parameter' ? parameterNames.all(runId) : observedNames.all(runId, site);
  const layerCounts = (runId: number): Readonly<Record<LayerSite, number>> => ({
    parameter: layerNames(runId, 'parameter').length,
    relu: layerNames(runId, 'relu').length,
    batchNorm: layerNames(runId, 'batchNorm').length,
  });
  const widthOf = (counts: Readonly<Record<LayerSite, number>>) =>
    OBSERVED_QUANTITIES.reduce((width, quantity) => width + counts[SITE_OF[quantity]], 0);

  function* rows(runId: number, quantity: string, firstStep: number, lastStep: number): Generator<ObservedRow> {
    for (const { step, float32 } of listRows.iterate(runId, quantity, firstStep, lastStep)) {
      yield { step, values: toFloats(float32) };
    }
  }

  /** The parts of every observation, by step and quantity. */
  function* partsOf(runId: number, { steps, values }: Observations) {
    const counts = layerCounts(runId);
    let offset = 0;
    for (const step of steps) {
      for (const quantity of OBSERVED_QUANTITIES) {
        const count = counts[SITE_OF[quantity]];
        yield { step, quantity, part: values.subarray(offset, offset + count) };
        offset += count;
      }
    }
  }

  return {
    layerNames,
    width: (runId) => widthOf(layerCounts(runId)),
    insert: (runId, observations) => {
      for (const { step, quantity, part } of partsOf(runId, observations)) {
        insertRow.run(runId, quantity, step, toBytes(part));
      }
    },
    has: (runId, observations) =>
      [...partsOf(runId, observations)].every(
        ({ step, quantity, part }) => findRow.get(runId, quantity, step)?.equals(toBytes(part)) === true,
      ),
    steps: (runId, firstStep, lastStep) => listSteps.all(runId, MARK, firstStep, lastStep),
    newest: (runId, upTo) => newestStep.get(runId, MARK, upTo) ?? null,
    whole: (runId, step) => {
      const parts = OBSERVED_QUANTITIES.map((quantity) => findRow.get(runId, quantity, step));
      return parts.every((part) => part !== undefined) ? toFloats(Buffer.concat(parts)) : null;
    },
    at: (runId, quantity, step) => {
      const float32 = findRow.get(runId, quantity, step);
      return float32 === undefined ? null : toFloats(float32);
    },
    rows,
  };
}
