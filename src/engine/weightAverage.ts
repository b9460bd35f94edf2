import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { assignSubtract } from './ops/assignSubtract.ts';
import { constant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { readVariable } from './ops/readVariable.ts';
import { subtract } from './ops/subtract.ts';
import type { Plan } from './plan.ts';

/** Vectors of the state, and the running mean over the steps that is kept of each. */
const AVERAGED = [
  ['parameters', 'averageParameters'],
  ['statistics', 'averageStatistics'],
] as const;

/** The vectors that an evaluation reads: the averages where they are kept. */
export function evaluatedVectors({ options }: Pick<Plan, 'options'>) {
  return isAveraging(options)
    ? ({ parameters: 'averageParameters', statistics: 'averageStatistics' } as const)
    : ({ parameters: 'parameters', statistics: 'statistics' } as const);
}

export function isAveraging({ weightAverage }: Plan['options']): boolean {
  return weightAverage !== undefined && weightAverage !== null;
}

/**
 * The exponential moving average of the weights (Polyak and Juditsky 1992; Tarvainen and Valpola 2017, section 2):
 * average <- decay * average + (1 - decay) * w after each update. The batch norms' running averages are averaged like
 * the parameters, as timm's `ModelEmaV2` does with all of a network's state. Gives the nodes that make it.
 */
export function updateWeightAverage(plan: Plan, updates: readonly Node[]): readonly Node[] {
  const { graph, options, layouts, variable } = plan;
  if (!isAveraging(options)) return [];
  const share = 1 - options.weightAverage!;
  return AVERAGED.map(([name, average]) => {
    const { size } = layouts[name];
    const now = readVariable(graph, variable(name), size, updates);
    const before = readVariable(graph, variable(average), size);
    return assignSubtract(graph, variable(average), shareOf(graph, subtract(graph, before, now), share), []);
  });
}

const shareOf = (graph: Graph, value: Value, share: number) => multiply(graph, value, constant(graph, share));
