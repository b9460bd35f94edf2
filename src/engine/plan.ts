import { createGraph, type Graph } from './ir/graph.ts';
import { BATCH, type Value } from './ir/node.ts';
import type { LayerGraph } from './layers/layer.ts';
import { planLayout, type Layout } from './layout.ts';
import { placeholder } from './ops/placeholder.ts';
import { variable } from './ops/variable.ts';
import { normalisePixels } from './pixels.ts';
import { FEEDS, type ParameterRole, type ProgramOptions, type StatisticRole } from './program.ts';

/** What the parts of the graph share: the network, its options, the variables and what is fed. */
export interface Plan {
  readonly graph: Graph;
  readonly network: LayerGraph;
  readonly options: ProgramOptions;
  readonly layouts: { readonly parameters: Layout<ParameterRole>; readonly statistics: Layout<StatisticRole> };
  /** One flat vector each. */
  readonly variables: { readonly parameters: Value; readonly momentum: Value; readonly statistics: Value };
  /** Normalised, float32 [batch, height, width, channels]. */
  readonly images: Value;
  /** int32 [batch] */
  readonly labels: Value;
}

export function startPlan(network: LayerGraph, options: ProgramOptions): Plan {
  const graph = createGraph();
  const layouts = { parameters: planLayout(network.parameters), statistics: planLayout(network.statistics) };
  const pixels = placeholder(graph, FEEDS.images, 'uint8', [BATCH, ...network.images.shape]);
  return {
    graph,
    network,
    options,
    layouts,
    variables: {
      parameters: variable(graph, 'variables/parameters', layouts.parameters.size),
      momentum: variable(graph, 'variables/momentum', layouts.parameters.size),
      statistics: variable(graph, 'variables/statistics', layouts.statistics.size),
    },
    images: normalisePixels(graph, pixels, options),
    labels: placeholder(graph, FEEDS.labels, 'int32', [BATCH]),
  };
}
