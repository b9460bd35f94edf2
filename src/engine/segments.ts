import type { Recompute } from '../contract/recipe.ts';
import { elementCount } from './ir/node.ts';
import type { Layer, LayerGraph } from './layers/layer.ts';

/** Layers whose gradient needs nothing of their input: it need not be kept for them. */
const NEED_NO_INPUT: readonly Layer['kind'][] = ['relu', 'addition', 'globalPool'];

/**
 * Cuts a network into segments whose forward pass the backward pass repeats, so that between the two only what enters a
 * segment is kept (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost", section 3). Segments end where one
 * tensor alone goes on, as it does between residual units. `half`: as short as they can be, since what ends a unit need
 * not be computed again; `quarter`: so long that what is kept and the largest segment are smallest together. The segment of
 * each layer; layers of the last one, which the backward pass starts with, have none.
 */
export function planSegments(network: LayerGraph, recompute: Recompute): ReadonlyMap<Layer, number> {
  if (recompute === 'off') return new Map();
  const sizes = keptSizes(network);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const budgets = recompute === 'half' ? [0] : Array.from({ length: BUDGETS }, (_, power) => total / 2 ** (power / 2));
  const plans = budgets.map((budget) => cut(network, sizes, budget));
  const best = plans.reduce((left, right) => (right.peak < left.peak ? right : left));
  return best.segments;
}

/** Sizes of segments that are tried, each smaller by the square root of 2. */
const BUDGETS = 24;

/** Elements that the backward pass needs of each layer's output, for one image; 0 where it needs none. */
function keptSizes({ layers }: LayerGraph): ReadonlyMap<Layer, number> {
  const read = new Set(layers.filter(({ kind }) => !NEED_NO_INPUT.includes(kind)).flatMap(({ inputs }) => inputs));
  return new Map(
    layers.map((layer) => {
      const isKept = layer.kind === 'relu' || read.has(layer);
      return [layer, isKept && layer.kind !== 'images' ? elementCount(layer.shape) : 0];
    }),
  );
}

/** Ends a segment as soon as it holds more than `budget`, and more than the tensor that is kept instead. */
function cut(network: LayerGraph, sizes: ReadonlyMap<Layer, number>, budget: number) {
  const places = cutPlaces(network);
  const segments = new Map<Layer, number>();
  let open: Layer[] = [];
  let [held, largest, kept, count] = [0, 0, 0, 0];
  for (const layer of network.layers) {
    const ended = elementCount(layer.shape);
    if (places.has(layer) && held > Math.max(budget, ended)) {
      for (const one of [...open, layer]) segments.set(one, count);
      count += 1;
      kept += ended;
      largest = Math.max(largest, held);
      open = [];
      held = 0;
    } else {
      open.push(layer);
      held += sizes.get(layer)!;
    }
  }
  return { segments, peak: kept + Math.max(largest, held) };
}

/** Layers that are all that later ones see of the network up to there; none after the pool, where little is left to do. */
function cutPlaces({ layers }: LayerGraph): ReadonlySet<Layer> {
  const lastUse = new Map<Layer, number>();
  layers.forEach((layer, index) => layer.inputs.forEach((input) => lastUse.set(input, index)));
  const places = new Set<Layer>();
  let reach = 0;
  layers.forEach((layer, index) => {
    if (reach <= index && layer.kind !== 'images' && layer.shape.length === 3) places.add(layer);
    reach = Math.max(reach, lastUse.get(layer) ?? 0);
  });
  return places;
}
