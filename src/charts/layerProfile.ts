import type { FlowProfile, LayerQuantity } from '../contract/flow.ts';
import type { NormProfile } from '../contract/frames.ts';

/** One quantity of every layer at one step, in depth order. */
export interface LayerProfile {
  readonly runId: number;
  readonly step: number;
  readonly quantity: LayerQuantity;
  readonly layers: readonly { readonly name: string; readonly value: number }[];
}

export function ofNorms({ runId, step, layers }: NormProfile): LayerProfile {
  return { runId, step, quantity: 'gradientNorm', layers: layers.map(({ name, norm }) => ({ name, value: norm })) };
}

/** Null where the step was not observed. */
export function ofFlow({ runId, step, quantities }: FlowProfile, quantity: LayerQuantity): LayerProfile | null {
  const found = quantities.find((one) => one.quantity === quantity);
  if (found === undefined) return null;
  const layers = found.layers.map((name, index) => ({ name, value: found.values[index]! }));
  return { runId, step, quantity, layers };
}
