import type { RunRow } from '../../contract/run.ts';
import type { HealthSubject } from './rule.ts';

/** A run as its rules see it; `layers` are its parameter tensors in depth order. */
export function healthSubject(
  { network, recipe, input, stepsPerEpoch }: Pick<RunRow, 'network' | 'recipe' | 'input' | 'stepsPerEpoch'>,
  layers: readonly string[],
): HealthSubject {
  return { layers, network, recipe, classes: input.classes, stepsPerEpoch };
}
