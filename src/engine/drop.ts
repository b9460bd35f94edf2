import { additionsThatDrop, branchEnds } from './branches.ts';
import { hasDropout } from './dropout.ts';
import type { Graph } from './ir/graph.ts';
import { BATCH, elementCount, type Value } from './ir/node.ts';
import type { BranchDrop, Layer, LayerGraph } from './layers/layer.ts';
import { add } from './ops/add.ts';
import { cast } from './ops/cast.ts';
import { concat } from './ops/concat.ts';
import { constant } from './ops/constant.ts';
import { gather } from './ops/gather.ts';
import { merge } from './ops/merge.ts';
import { multiply } from './ops/multiply.ts';
import { placeholder } from './ops/placeholder.ts';
import { reshape } from './ops/reshape.ts';
import { switchBy } from './ops/switch.ts';
import { unpack } from './ops/unpack.ts';
import { FEEDS, type DroppedBranches } from './program.ts';

/** How the residual branches of a network are dropped or scaled. */
export interface Drops {
  /** Of layers on a branch that a mini-batch may drop, a bool scalar: whether it keeps the branch. */
  readonly onBranch: ReadonlyMap<Layer, Value>;
  /** The same bool of the additions that these branches lead to. */
  readonly atEnd: ReadonlyMap<Layer, Value>;
  /** What the residuals of additions are multiplied by: a scalar, or [batch, 1, 1, 1]. */
  readonly factors: ReadonlyMap<Layer, Value>;
}

interface TrainingDrops extends Drops {
  /** float32 [statistics], 1 or 0: whose batch norm has moments of this batch; null where all always have. */
  readonly keptStatistics: Value | null;
}

export const NOTHING_DROPPED: Drops = { onBranch: new Map(), atEnd: new Map(), factors: new Map() };

/** What training drops: residual branches, by the names of their additions in depth order, and elements of shortcuts. */
export function droppedBranches(network: LayerGraph): DroppedBranches {
  const named = (way: keyof BranchDrop) =>
    additionsThatDrop(network, way).map(({ name, drop }) => ({ name, probability: drop[way] }));
  return {
    stochasticDepth: named('stochasticDepth'),
    dropPath: named('dropPath'),
    shortcutElements: hasDropout(network),
  };
}

/** What is drawn for a training step (`StepDrops`), fed and taken apart; placeholders only for what the network drops. */
export function feedDrops(graph: Graph, network: LayerGraph): TrainingDrops {
  return graph.within('drop', () => ({ ...feedKeptBranches(graph, network), factors: feedFactors(graph, network) }));
}

function feedKeptBranches(graph: Graph, network: LayerGraph): Omit<TrainingDrops, 'factors'> {
  const additions = additionsThatDrop(network, 'stochasticDepth');
  if (additions.length === 0) return { ...NOTHING_DROPPED, keptStatistics: null };
  const kept = placeholder(graph, FEEDS.keptBranches, 'float32', [additions.length]);
  const isKept = unpack(graph, cast(graph, kept, 'bool'));
  const ends = branchEnds(network);
  const places = new Map<Layer, number>(additions.map((addition, index) => [addition, index]));
  const placeOf = (layer: Layer) => places.get(ends.get(layer)!);
  const withAlways = concat(graph, [kept, constant(graph, [1])]);
  const ofStatistics = network.layers.flatMap((layer) =>
    layer.statistics.map(() => placeOf(layer) ?? additions.length),
  );
  return {
    atEnd: new Map(additions.map((addition, index) => [addition, isKept[index]!])),
    onBranch: new Map([...ends.keys()].map((layer) => [layer, isKept[placeOf(layer)!]!])),
    keptStatistics: gather(graph, withAlways, ofStatistics),
  };
}

function feedFactors(graph: Graph, network: LayerGraph): ReadonlyMap<Layer, Value> {
  const additions = additionsThatDrop(network, 'dropPath');
  if (additions.length === 0) return NOTHING_DROPPED.factors;
  const factors = unpack(graph, placeholder(graph, FEEDS.branchFactors, 'float32', [additions.length, BATCH]));
  return new Map(additions.map((addition, index) => [addition, reshape(graph, factors[index]!, [BATCH, 1, 1, 1])]));
}

/** Evaluation keeps every branch, scaled by the probability that training keeps it (Huang et al. 2016, equation 5). */
export function survivalOf(graph: Graph, network: LayerGraph): Drops {
  const factors = additionsThatDrop(network, 'stochasticDepth').map(
    (addition) => [addition, constant(graph, 1 - addition.drop.stochasticDepth)] as const,
  );
  return { ...NOTHING_DROPPED, factors: new Map(factors) };
}

/** A tensor where the branch is kept; dead where it is dropped. */
export function whereKept(graph: Graph, value: Value, isKept: Value): Value {
  return switchBy(graph, isKept, value).whereTrue;
}

/** residual + shortcut; the shortcut alone where the branch, and with it the residual, is dropped. */
export function addBranch(graph: Graph, drops: Drops, addition: Layer, [residual, shortcut]: [Value, Value]): Value {
  const isKept = drops.atEnd.get(addition);
  const factor = drops.factors.get(addition);
  const scaled = factor === undefined ? residual : multiply(graph, residual, inTypeOf(graph, residual, factor));
  if (isKept === undefined) return add(graph, scaled, shortcut);
  const { whereFalse, whereTrue } = switchBy(graph, isKept, shortcut);
  return merge(graph, isKept, whereFalse, add(graph, scaled, whereTrue));
}

function inTypeOf(graph: Graph, { dtype }: Value, factor: Value): Value {
  return factor.dtype === dtype ? factor : cast(graph, factor, dtype);
}

/** A scalar or a vector of a branch; `fill` in all its places where the branch is dropped. */
export function orElse(graph: Graph, value: Value, isKept: Value, fill: number): Value {
  const { shape } = value;
  const filled = constant(graph, shape.length === 0 ? fill : new Array<number>(elementCount(shape)).fill(fill));
  return merge(graph, isKept, switchBy(graph, isKept, filled).whereFalse, value);
}
