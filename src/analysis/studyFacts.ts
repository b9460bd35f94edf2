import { formatMeasurement } from './format.ts';
import type { SearchRecord, SearchStrategy } from '../contract/search.ts';
import type { StudyRecord } from '../contract/study.ts';

/** What a study varies, and the recipe that its runs share, a phrase each. */
export function studyFacts({ versions, depths, seeds, block, data, recipe, search, series }: StudyRecord): string[] {
  const {
    epochs,
    maxSteps,
    batchSize,
    learningRate,
    schedule,
    warmupSteps,
    clipNorm,
    stochasticDepth,
    dropPath,
    validationShare,
  } = recipe;
  const number = (value: number) =>
    formatMeasurement(value, 6)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  return [
    ...(search === undefined ? grid({ versions, depths, seeds }) : [searchFact(search)]),
    ...(series.length === 0 ? [] : [`also ${series.map(({ label }) => label).join(', ')}`]),
    data,
    maxSteps === null ? plural(epochs, 'epoch') : `at most ${plural(maxSteps, 'step')}`,
    `batch size ${batchSize}`,
    `learning rate ${number(learningRate)}, ${schedule}`,
    ...(block === undefined ? [] : [`${block} blocks`]),
    ...(warmupSteps > 0 ? [plural(warmupSteps, 'warm-up step')] : []),
    ...(clipNorm === null ? [] : [`gradients clipped at ${number(clipNorm)}`]),
    ...(stochasticDepth === null ? [] : [`stochastic depth to ${number(stochasticDepth)}`]),
    ...(dropPath === null ? [] : [`drop path to ${number(dropPath)}`]),
    ...augmentation(recipe),
    ...(validationShare > 0 ? [`${number(100 * validationShare)} % held out`] : ['trained on all images']),
  ];
}

function augmentation({
  augment,
  randAugmentMagnitude,
  colourJitter,
  lighting,
  cutout,
  mixup,
  cutMix,
}: StudyRecord['recipe']): string[] {
  return [
    ...(augment ? ['augmented'] : []),
    ...(randAugmentMagnitude === null ? [] : ['RandAugment']),
    ...(colourJitter ? ['colour jitter'] : []),
    ...(lighting ? ['lighting'] : []),
    ...(cutout === null ? [] : ['cutout']),
    ...(mixup === null ? [] : ['mixup']),
    ...(cutMix === null ? [] : ['CutMix']),
  ];
}

function grid({ versions, depths, seeds }: Pick<StudyRecord, 'versions' | 'depths' | 'seeds'>): string[] {
  const names = versions.map((version) => version.toUpperCase()).join(' and ');
  return [`${names} at ${depths.join(', ')} layers`, plural(seeds, 'seed')];
}

const STRATEGIES: Readonly<Record<SearchStrategy, string>> = {
  random: 'Random search',
  evolution: 'Regularised evolution',
  halving: 'Successive halving',
};

function searchFact({ strategy, trials, maxParameters }: SearchRecord): string {
  const limit = maxParameters === null ? '' : `, at most ${maxParameters.toLocaleString('en')} parameters`;
  return `${STRATEGIES[strategy]}, ${plural(trials, 'trial')}${limit}`;
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
