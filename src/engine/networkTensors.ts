import type { LayerGraph } from './layers/layer.ts';
import { planLayout, type Layout } from './layout.ts';
import type { ParameterRole, StatisticRole, TrainingProgram } from './program.ts';

/** Where a network's tensors lie in its two flat vectors; the same in every program that is compiled from it. */
export type NetworkTensors = Pick<TrainingProgram, 'parameters' | 'parameterCount' | 'statistics' | 'statisticCount'>;

export interface Layouts {
  readonly parameters: Layout<ParameterRole>;
  readonly statistics: Layout<StatisticRole>;
}

export function planLayouts(network: LayerGraph): Layouts {
  return { parameters: planLayout(network.parameters), statistics: planLayout(network.statistics) };
}

export function tensorsOf({ parameters, statistics }: Layouts): NetworkTensors {
  return {
    parameters: parameters.tensors,
    parameterCount: parameters.size,
    statistics: statistics.tensors,
    statisticCount: statistics.size,
  };
}
