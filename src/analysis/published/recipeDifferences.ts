import type { TrainingRecipe } from '../../contract/recipe.ts';
import type { ReferenceRecipe } from '../../contract/reference.ts';
import type { RunRow } from '../../contract/run.ts';

type Trained = Pick<RunRow, 'recipe' | 'totalSteps' | 'stepsPerEpoch'>;

/** Lengths of training within this share of each other are the same: steps and epochs do not divide evenly. */
const SAME_LENGTH = 0.05;

/**
 * What of a run's recipe is not as a source states it, a phrase each: length, optimiser, rate, augmentation, split. What the
 * source does not state is not compared; what it could not have had, such as mixup, is named.
 */
export function recipeDifferences(run: Trained, published: ReferenceRecipe): string[] {
  const { recipe } = run;
  return [
    ...length(run, published.epochs),
    ...differs('batch size', recipe.batchSize, published.batchSize),
    ...differs('optimiser', recipe.optimiser, published.optimiser),
    ...differs('learning rate', recipe.learningRate, published.learningRate),
    ...differs('schedule', recipe.schedule, published.schedule),
    ...differs('weight decay', recipe.weightDecay, published.weightDecay),
    ...switched('Nesterov momentum', recipe.nesterov, published.nesterov),
    ...switched('augmentation', recipe.augment, published.augment),
    ...split(recipe.validationShare, published.validationShare),
    ...stochasticDepth(recipe.stochasticDepth, published.stochasticDepth),
    ...extras(recipe),
  ];
}

function length({ recipe, totalSteps, stepsPerEpoch }: Trained, published: number | undefined): string[] {
  if (published === undefined) return [];
  const epochs = stepsPerEpoch > 0 ? totalSteps / stepsPerEpoch : recipe.epochs;
  if (Math.abs(epochs / published - 1) <= SAME_LENGTH) return [];
  return [`${Number(epochs.toPrecision(3))} epochs instead of ${published}`];
}

function differs<Value extends string | number>(name: string, ours: Value, published: Value | undefined): string[] {
  return published === undefined || ours === published ? [] : [`${name} ${ours} instead of ${published}`];
}

function switched(name: string, isOn: boolean, published: boolean | undefined): string[] {
  if (published === undefined || isOn === published) return [];
  return [isOn ? name : `no ${name}`];
}

function split(share: number, published: number | undefined): string[] {
  if (published === undefined || share === published) return [];
  const said = (value: number) => (value === 0 ? 'nothing' : `${Number((100 * value).toPrecision(3))} %`);
  return [`${said(share)} held out instead of ${said(published)}`];
}

function stochasticDepth(probability: number | null, published: number | null | undefined): string[] {
  if (published === undefined || probability === published) return [];
  const said = (value: number | null) => (value === null ? 'no stochastic depth' : `stochastic depth to ${value}`);
  return [published === null ? said(probability) : `${said(probability)} instead of ${published}`];
}

/** What no source of ours had. */
function extras(recipe: TrainingRecipe): string[] {
  const used: readonly (readonly [string, boolean])[] = [
    ['gradient clipping', recipe.clipNorm !== null],
    ['label smoothing', recipe.labelSmoothing > 0],
    ['a weight average', recipe.weightAverage !== null],
    ['drop path', recipe.dropPath !== null],
    ['RandAugment', recipe.randAugmentMagnitude !== null],
    ['colour jitter', recipe.colourJitter],
    ['lighting', recipe.lighting],
    ['cutout', recipe.cutout !== null],
    ['mixup', recipe.mixup !== null],
    ['CutMix', recipe.cutMix !== null],
  ];
  return used.filter(([, isUsed]) => isUsed).map(([name]) => name);
}
