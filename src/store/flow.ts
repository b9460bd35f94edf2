import { updateRatios } from '../analysis/layerQuantities.ts';
import { LAYER_QUANTITIES, SITE_OF, type FlowMap, type FlowProfile, type LayerQuantity } from '../contract/flow.ts';
import type { Context } from './context.ts';
import { damaged } from './failures.ts';
import type { ObservationRows, ObservedRow } from './observations.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Quantities that are read from observations; the gradient norm of every step is read elsewhere. */
type Observed = Exclude<LayerQuantity, 'gradientNorm'>;

/** Reads quantities by layer at the steps that were observed. */
export interface FlowReader {
  /**
   * A quantity over a range of steps. The first column is of the newest observed step up to the range's first one, where there
   * is one. Where there are more observed steps than columns, each column has as many of them, its last one perhaps fewer.
   */
  map(runId: number, quantity: Observed, range: Range | null, lastStep: number, columns: number): FlowMap;
  /** Every observed quantity of one observed step. */
  profile(runId: number, step: number): FlowProfile['quantities'];
}

export function createFlowReader({ file }: Pick<Context, 'file'>, observations: ObservationRows): FlowReader {
  function* observedRows(runId: number, quantity: Observed, { first, last }: Range): Generator<ObservedRow> {
    if (quantity !== 'updateRatio') {
      yield* observations.rows(runId, quantity, first, last);
      return;
    }
    for (const { step, values } of observations.rows(runId, 'updateNorm', first, last)) {
      const weights = observations.at(runId, 'weightNorm', step);
      if (weights?.length !== values.length) throw lacking(runId, 'weightNorm', step);
      yield { step, values: updateRatios(values, weights) };
    }
  }

  /** The rows of a range, each as wide as its site has layers. */
  function* wholeRows(runId: number, quantity: Observed, range: Range, layers: number): Generator<ObservedRow> {
    for (const row of observedRows(runId, quantity, range)) {
      if (row.values.length !== layers) throw lacking(runId, quantity, row.step);
      yield row;
    }
  }

  const lacking = (runId: number, quantity: Observed, step: number) =>
    damaged(file, `run ${runId} lacks ${quantity} at step ${step}`);

  return {
    map: (runId, quantity, range, lastStep, columns) => {
      const layers = observations.layerNames(runId, SITE_OF[quantity]);
      const empty = { runId, quantity, layers, steps: new Float64Array(0), values: new Float32Array(0), lastStep };
      if (range === null) return empty;
      const first = observations.newest(runId, range.first) ?? range.first;
      const observed = observations.steps(runId, first, range.last);
      if (observed.length === 0) return empty;
      const perColumn = Math.ceil(observed.length / columns);
      const steps = Float64Array.from(observed.filter((_, index) => index % perColumn === 0));
      const isSmallest = quantity === 'batchNormVarianceMin';
      const values = new Float32Array(steps.length * layers.length).fill(isSmallest ? Infinity : -Infinity);
      let index = 0;
      for (const row of wholeRows(runId, quantity, { first, last: range.last }, layers.length)) {
        const column = Math.floor(index / perColumn);
        mergeExtreme(values.subarray(column * layers.length, (column + 1) * layers.length), row.values, isSmallest);
        index += 1;
      }
      if (index !== observed.length) throw lacking(runId, quantity, observed.at(-1)!);
      return { runId, quantity, layers, steps, values, lastStep: range.last };
    },
    profile: (runId, step) =>
      LAYER_QUANTITIES.filter((quantity): quantity is Observed => quantity !== 'gradientNorm').map((quantity) => {
        const layers = observations.layerNames(runId, SITE_OF[quantity]);
        const [row] = wholeRows(runId, quantity, { first: step, last: step }, layers.length);
        if (row === undefined) throw lacking(runId, quantity, step);
        return { quantity, layers, values: row.values };
      }),
  };
}

/** NaN is more extreme than everything: one NaN among the steps is what a user must see. */
function mergeExtreme(target: Float32Array, source: Float32Array, isSmallest: boolean): void {
  source.forEach((value, layer) => {
    const old = target[layer]!;
    if (Number.isNaN(value) || (isSmallest ? value < old : value > old)) target[layer] = value;
  });
}
