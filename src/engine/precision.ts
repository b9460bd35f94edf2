import type { Precision } from '../contract/recipe.ts';
import { takeApart } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { cast } from './ops/cast.ts';
import type { ParameterRole } from './program.ts';

/**
 * The parameters as the forward pass takes them: kernels of convolutions in `precision`, all others in float32. The vector
 * is rounded once for all of them, and the gradients sought are those of the rounded kernels.
 */
export function parametersIn(
  graph: Graph,
  vector: Value,
  layout: Layout<ParameterRole>,
  precision: Precision,
): Value[] {
  const whole = takeApart(graph, vector, layout);
  if (precision === 'float32') return whole;
  const rounded = takeApart(graph, cast(graph, vector, precision), layout);
  return layout.tensors.map(({ role, shape }, index) => {
    const isConvolution = role === 'kernel' && shape.length === 4;
    return isConvolution ? rounded[index]! : whole[index]!;
  });
}
