import type { RunRow } from '../../contract/run.ts';
import type { HealthSubject } from './rule.ts';

/** A run as its rules see it; with its parameter tensors and observed ReLUs in depth order. */
export function healthSubject(
  {
    network,
    recipe,
    input,
    stepsPerEpoch,
    totalSteps,
  }: Pick<RunRow, 'network' | 'recipe' | 'input' | 'stepsPerEpoch' | 'totalSteps'>,
  { layers, relus }: Pick<HealthSubject, 'layers' | 'relus'>,
): HealthSubject {
  return { layers, relus, network, recipe, classes: input.classes, stepsPerEpoch, totalSteps };
}
