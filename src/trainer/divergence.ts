import { NORMS_OFFSET, STEP_METRICS, type ParameterTensor } from '../engine/program.ts';

const LOSS = STEP_METRICS.indexOf('loss');
const GLOBAL_NORM = STEP_METRICS.indexOf('globalNorm');

/**
 * Why training cannot go on after a step: its loss or its gradients are not finite, and with them every later weight.
 * Names the first parameter tensor, in depth order, whose gradient is not finite. Null where all is well.
 */
export function findDivergence(
  metrics: Float32Array,
  step: number,
  parameters: readonly ParameterTensor[],
): string | null {
  const loss = metrics[LOSS]!;
  if (Number.isFinite(loss) && Number.isFinite(metrics[GLOBAL_NORM])) return null;
  const lossIs = Number.isFinite(loss) ? '' : `the loss is ${loss}`;
  const tensor = parameters.findIndex((_, index) => !Number.isFinite(metrics[NORMS_OFFSET + index]));
  const layer = parameters[tensor];
  const gradientIs = layer
    ? `the gradient of ${layer.name} has the norm ${metrics[NORMS_OFFSET + tensor]!}`
    : 'the global gradient norm is not finite';
  return `Diverged in step ${step}: ${[lossIs, gradientIs].filter((part) => part !== '').join(' and ')}`;
}
