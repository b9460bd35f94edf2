import { createPartSums, type PartSums } from './accumulation.ts';
import { createGraph, type Graph } from './ir/graph.ts';
import { BATCH, type Value } from './ir/node.ts';
import type { LayerGraph } from './layers/layer.ts';
import { planLayout, type Layout } from './layout.ts';
import type { MixedLabels } from './loss.ts';
import { placeholder } from './ops/placeholder.ts';
import { variable } from './ops/variable.ts';
import { normalisePixels } from './pixels.ts';
import {
  FEEDS,
  type ParameterRole,
  type ProgramOptions,
  type StateName,
  type StateVector,
  type StatisticRole,
} from './program.ts';
import { stateVectors } from './stateVectors.ts';

/** What the parts of the graph share: the network, its options, the variables and what is fed. */
export interface Plan {
  readonly graph: Graph;
  readonly network: LayerGraph;
  readonly options: ProgramOptions;
  readonly layouts: { readonly parameters: Layout<ParameterRole>; readonly statistics: Layout<StatisticRole> };
  readonly state: readonly StateVector[];
  /** The variable of each vector of the state. */
  readonly variable: (name: StateName) => Value;
  /** Where the parts of a batch are added up; null where a batch is one part. */
  readonly partSums: PartSums | null;
  /** Normalised, float32 [batch, height, width, channels]. */
  readonly images: Value;
  /** int32 [batch] */
  readonly labels: Value;
  /** Null where images are not mixed. */
  readonly second: MixedLabels | null;
}

export function startPlan(network: LayerGraph, options: ProgramOptions): Plan {
  const graph = createGraph();
  const layouts = { parameters: planLayout(network.parameters), statistics: planLayout(network.statistics) };
  const state = stateVectors(options, layouts);
  const variables = new Map(state.map(({ name, size }) => [name, variable(graph, `variables/${name}`, size)]));
  const pixels = placeholder(graph, FEEDS.images, 'uint8', [BATCH, ...network.images.shape]);
  return {
    graph,
    network,
    options,
    layouts,
    state,
    variable: (name) => {
      const found = variables.get(name);
      if (found === undefined) throw new Error(`The state has no ${name}`);
      return found;
    },
    partSums: (options.microBatches ?? 1) > 1 ? createPartSums(graph, layouts) : null,
    images: normalisePixels(graph, pixels, options),
    labels: placeholder(graph, FEEDS.labels, 'int32', [BATCH]),
    second:
      options.mixedLabels === true
        ? {
            labels: placeholder(graph, FEEDS.secondLabels, 'int32', [BATCH]),
            shares: placeholder(graph, FEEDS.secondShares, 'float32', [BATCH]),
          }
        : null,
  };
}
