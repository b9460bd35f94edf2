import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { LayerGraph } from './layers/layer.ts';
import { cast } from './ops/cast.ts';
import { constant, integers } from './ops/constant.ts';
import { less } from './ops/less.ts';
import { multiply } from './ops/multiply.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { randomUniform } from './ops/randomUniform.ts';
import { FEEDS } from './program.ts';

/** Whether training needs a seed for the masks of a step. */
export function hasDropout({ layers }: LayerGraph): boolean {
  return layers.some(({ kind }) => kind === 'dropout');
}

/** The seed that a step's masks follow from, fed: int32 scalar; undefined where the network has no dropout. */
export function feedDropoutSeed(graph: Graph, network: LayerGraph): Value | undefined {
  return hasDropout(network) ? placeholder(graph, FEEDS.dropoutSeed, 'int32', []) : undefined;
}

/** x where a mask of its own is 1, with probability `keep`, else 0. `mask` tells the masks of one step apart. */
export function dropElements(graph: Graph, x: Value, keep: number, seed: Value, mask: number): Value {
  const drawn = randomUniform(graph, x, pack(graph, [seed, integers(graph, mask)]));
  return multiply(graph, x, cast(graph, less(graph, drawn, constant(graph, keep)), x.dtype));
}
