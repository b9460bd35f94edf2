import type { AdditionLayer, BranchDrop, Layer, LayerGraph } from './layers/layer.ts';

/** Additions whose residual branch training drops in one of the two ways, in depth order. */
export function additionsThatDrop({ layers }: LayerGraph, way: keyof BranchDrop): AdditionLayer[] {
  return layers.filter((layer) => layer.kind === 'addition').filter(({ drop }) => drop[way] > 0);
}

/**
 * The residual branches that a whole mini-batch may go without: of each layer that only such a branch needs, the addition
 * that it leads to. What the shortcut needs as well, such as the activation that a projection shares, is not among them.
 */
export function branchEnds(network: LayerGraph): ReadonlyMap<Layer, AdditionLayer> {
  const ends = new Map<Layer, AdditionLayer>();
  /** Where the users of each layer lead; null is beyond any such addition. */
  const leadsTo = new Map<Layer, Set<AdditionLayer | null>>();
  for (const layer of network.layers.toReversed()) {
    const [end, another] = leadsTo.get(layer) ?? [];
    if (end && another === undefined && layer.inputs.length > 0) ends.set(layer, end);
    const isEnd = layer.kind === 'addition' && layer.drop.stochasticDepth > 0;
    if (isEnd && ends.has(layer)) throw new Error(`${layer.name} would drop a branch within a dropped one`);
    layer.inputs.forEach((input, index) => {
      const known = leadsTo.get(input) ?? new Set();
      leadsTo.set(input, known.add(isEnd && index === 0 ? layer : (ends.get(layer) ?? null)));
    });
  }
  for (const addition of additionsThatDrop(network, 'stochasticDepth')) {
    if (ends.get(addition.inputs[0]!) !== addition) throw new Error(`${addition.name} would drop what others need`);
  }
  return ends;
}
