import { formatMeasurement } from '../../../../analysis/format.ts';
import type { StudyRequest } from '../../../../contract/study.ts';

/** What a study varies, and the recipe that its runs share, a phrase each. */
export function studyFacts({ versions, depths, seeds, block, data, recipe }: StudyRequest): string[] {
  const { epochs, maxSteps, batchSize, learningRate, schedule, warmupSteps, clipNorm, augment } = recipe;
  const number = (value: number) =>
    formatMeasurement(value, 6)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  return [
    `${versions.map((version) => version.toUpperCase()).join(' and ')} at ${depths.join(', ')} layers`,
    plural(seeds, 'seed'),
    data,
    maxSteps === null ? plural(epochs, 'epoch') : `at most ${plural(maxSteps, 'step')}`,
    `batch size ${batchSize}`,
    `learning rate ${number(learningRate)}, ${schedule}`,
    ...(block === undefined ? [] : [`${block} blocks`]),
    ...(warmupSteps > 0 ? [plural(warmupSteps, 'warm-up step')] : []),
    ...(clipNorm === null ? [] : [`gradients clipped at ${number(clipNorm)}`]),
    ...(augment ? ['augmented'] : []),
  ];
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
