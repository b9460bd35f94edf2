import { joinGroups, splitGroups } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { assignAdd } from './ops/assignAdd.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { zeros } from './ops/broadcastTo.ts';
import { constant } from './ops/constant.ts';
import { identity } from './ops/identity.ts';
import { multiply } from './ops/multiply.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { readVariable } from './ops/readVariable.ts';
import { unpack } from './ops/unpack.ts';
import { variable } from './ops/variable.ts';
import type { Plan } from './plan.ts';
import { FEEDS, FETCHES } from './program.ts';

/** What one pass over images gives: of a whole batch, or of one of its parts. */
export interface BatchGradient {
  /** Scalar: the mean of the images' losses. */
  readonly loss: Value;
  /** Scalar: how many answers are right. */
  readonly correct: Value;
  /** The loss's gradient, stacked by the groups of the layout. */
  readonly stacks: readonly Value[];
  /** [statistics]: the running averages after it. */
  readonly averages: Value;
}

/** Where the parts of a batch are added up: between two steps the sums are zeros and the averages those of the state. */
export interface PartSums {
  /** [parameters]: the sum of the parts' gradients, each times its share of the batch's images. */
  readonly gradient: Value;
  /** [2]: the loss in the same way, and the number of right answers. */
  readonly scalars: Value;
  /** [statistics]: the running averages so far, which a step that is not finite must not change. */
  readonly averages: Value;
}

const SCALARS = 2;

export function createPartSums(graph: Graph, { parameters, statistics }: Plan['layouts']): PartSums {
  return {
    gradient: variable(graph, 'variables/gradient_sum', parameters.size),
    scalars: variable(graph, 'variables/part_sums', SCALARS),
    averages: variable(graph, 'variables/part_averages', statistics.size),
  };
}

/** Adds a part of a batch to the sums; a token that is there once that is done. */
export function addPart({ graph, layouts }: Plan, sums: PartSums, pass: BatchGradient): Value {
  const { loss, correct, stacks, averages } = pass;
  const share = placeholder(graph, FEEDS.share, 'float32', []);
  const added = graph.within('accumulation', () => [
    assignAdd(graph, sums.gradient, multiply(graph, joinGroups(graph, stacks, layouts.parameters), share)),
    assignAdd(graph, sums.scalars, pack(graph, [multiply(graph, loss, share), correct])),
    assignVariable(graph, sums.averages, averages),
  ]);
  return identity(graph, FETCHES.accumulate, constant(graph, 0), added);
}

/** The sums as if they were of one pass. */
export function takeSums({ graph, layouts }: Plan, sums: PartSums): BatchGradient {
  return graph.within('accumulation', () => {
    const gradient = readVariable(graph, sums.gradient, layouts.parameters.size);
    const scalars = readVariable(graph, sums.scalars, SCALARS);
    const [loss, correct] = unpack(graph, scalars) as [Value, Value];
    const averages = readVariable(graph, sums.averages, layouts.statistics.size);
    return { loss, correct, stacks: splitGroups(graph, gradient, layouts.parameters), averages };
  });
}

/** Makes ready for the next step once the nodes in `after` have run; those nodes where a batch is one part. */
export function emptySums(plan: Plan, after: readonly Node[] = []): readonly Node[] {
  const { graph, layouts, partSums } = plan;
  if (partSums === null) return after;
  return graph.within('accumulation', () => {
    const averages = readVariable(graph, plan.variable('statistics'), layouts.statistics.size, after);
    return [
      assignVariable(graph, partSums.gradient, zeros(graph, layouts.parameters.size), after),
      assignVariable(graph, partSums.scalars, zeros(graph, SCALARS), after),
      assignVariable(graph, partSums.averages, averages),
    ];
  });
}
