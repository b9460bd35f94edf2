import { NORMS_OFFSET, STEP_METRICS, type ParameterTensor } from '../engine/program.ts';

const LOSS = STEP_METRICS.indexOf('loss');
const APPLIED = STEP_METRICS.indexOf('applied');

/** Whether a step's loss, gradients or batch statistics were not finite; it has changed nothing then. */
export function hasDiverged(metrics: Float32Array): boolean {
  return metrics[APPLIED] === 0;
}

/**
 * What broke in a step that diverged: the loss, the first layer in forward order whose activation, or batch statistic, is
 * not finite (null: none), and the first parameter tensor in depth order whose gradient is not.
 */
export function describeDivergence(
  metrics: Float32Array,
  step: number,
  parameters: readonly ParameterTensor[],
  brokenLayer: string | null,
): string {
  const loss = metrics[LOSS]!;
  const tensor = parameters.findIndex((_, index) => !Number.isFinite(metrics[NORMS_OFFSET + index]));
  const parts = [
    ...(Number.isFinite(loss) ? [] : [`the loss is ${loss}`]),
    ...(brokenLayer === null
      ? []
      : [
          `in forward order, ${brokenLayer} is the first layer with an activation or batch statistic that is not finite`,
        ]),
    ...(tensor < 0
      ? []
      : [`the gradient of ${parameters[tensor]!.name} has the norm ${metrics[NORMS_OFFSET + tensor]!}`]),
  ];
  return `Diverged in step ${step}: ${parts.join(', ') || 'the global gradient norm is not finite'}`;
}
