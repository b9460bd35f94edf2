import { parse } from 'valibot';
import { TrainingRecipe } from '../../contract/recipe.ts';
import { formatCount } from '../quantity.ts';
import { exact, yesNo, type Setting, type SettingGroup } from './setting.ts';

interface RecipeField {
  readonly id: keyof TrainingRecipe;
  readonly label: string;
  readonly unit?: string;
  /** Where neither the value nor `off` says it. */
  show?(recipe: TrainingRecipe): string;
  /** Whether it has a meaning in this recipe; always where it is left out. */
  applies?(recipe: TrainingRecipe): boolean;
  /** Left out of a run's page where it has its default. */
  readonly isQuiet?: boolean;
}

const DEFAULTS = parse(TrainingRecipe, {});

const isSgd = ({ optimiser }: TrainingRecipe) => optimiser === 'sgd';
const isAdamW = ({ optimiser }: TrainingRecipe) => optimiser === 'adamw';
const mayGoBack = ({ rollbacks }: TrainingRecipe) => rollbacks > 0;
const isStep = ({ schedule }: TrainingRecipe) => schedule === 'step';
const hasWarmup = ({ warmupSteps }: TrainingRecipe) => warmupSteps > 0;

const LENGTH: readonly RecipeField[] = [
  { id: 'epochs', label: 'Epochs' },
  {
    id: 'maxSteps',
    label: 'Step limit',
    unit: 'steps',
    show: ({ maxSteps }) => (maxSteps === null ? 'none' : formatCount(maxSteps)),
    isQuiet: true,
  },
  { id: 'batchSize', label: 'Batch size', unit: 'images' },
  { id: 'stochasticDepth', label: 'Stochastic depth', unit: 'at the last block', isQuiet: true },
  { id: 'dropPath', label: 'Drop path', unit: 'at the last block', isQuiet: true },
  { id: 'augment', label: 'Augmentation' },
  { id: 'randAugmentMagnitude', label: 'RandAugment', unit: 'magnitude', isQuiet: true },
  {
    id: 'randAugmentOperations',
    label: 'RandAugment operations',
    unit: 'an image',
    applies: ({ randAugmentMagnitude }) => randAugmentMagnitude !== null,
  },
  { id: 'colourJitter', label: 'Colour jitter', isQuiet: true },
  { id: 'lighting', label: 'Lighting', isQuiet: true },
  { id: 'cutout', label: 'Cutout', unit: 'pixels', isQuiet: true },
  { id: 'mixup', label: 'Mixup', unit: 'alpha', isQuiet: true },
  { id: 'cutMix', label: 'CutMix', unit: 'alpha', isQuiet: true },
  { id: 'seed', label: 'Seed', show: ({ seed }) => String(seed) },
  { id: 'validationShare', label: 'Validation share', unit: 'of the training images' },
  {
    id: 'validationSeed',
    label: 'Validation seed',
    show: ({ validationSeed }) => String(validationSeed),
    applies: ({ validationShare }) => validationShare > 0,
  },
];

const OPTIMISER: readonly RecipeField[] = [
  { id: 'optimiser', label: 'Method', show: ({ optimiser }) => (optimiser === 'sgd' ? 'SGD' : 'AdamW') },
  { id: 'learningRate', label: 'Learning rate' },
  { id: 'momentum', label: 'Momentum', applies: isSgd },
  { id: 'nesterov', label: 'Nesterov momentum', applies: isSgd },
  { id: 'beta1', label: 'Beta 1', applies: isAdamW },
  { id: 'beta2', label: 'Beta 2', applies: isAdamW },
  { id: 'epsilon', label: 'Epsilon', applies: isAdamW },
  { id: 'weightDecay', label: 'Weight decay' },
  { id: 'decayAll', label: 'Decay of scales and biases', applies: ({ weightDecay }) => weightDecay > 0 },
  { id: 'clipNorm', label: 'Clipping, global norm' },
  { id: 'labelSmoothing', label: 'Label smoothing' },
  { id: 'weightAverage', label: 'Average of weights, decay', isQuiet: true },
  { id: 'rollbacks', label: 'Rollbacks', unit: 'at most', isQuiet: true },
  { id: 'rollbackFactor', label: 'Rollback factor', unit: 'of the rate', applies: mayGoBack },
];

const SCHEDULE: readonly RecipeField[] = [
  { id: 'schedule', label: 'Schedule' },
  {
    id: 'milestones',
    label: 'Milestones',
    unit: '% of the steps',
    show: ({ milestones }) =>
      milestones.map((milestone) => exact(Number((milestone * 100).toPrecision(12)))).join(', ') || 'none',
    applies: isStep,
  },
  { id: 'decayFactor', label: 'Decay factor', unit: 'at a milestone', applies: isStep },
  { id: 'warmupSteps', label: 'Warm-up', unit: 'steps' },
  { id: 'warmup', label: 'Warm-up kind', applies: hasWarmup },
  { id: 'warmupRate', label: 'Warm-up rate', applies: hasWarmup },
];

const MEMORY: readonly RecipeField[] = [
  { id: 'recompute', label: 'Recomputed activations', unit: 'of the memory', isQuiet: true },
  { id: 'microBatches', label: 'Micro-batches', unit: 'a step', isQuiet: true },
  { id: 'xla', label: 'XLA', isQuiet: true },
  {
    id: 'observe',
    label: 'Observed steps',
    isQuiet: true,
    show: ({ observe }) => (typeof observe === 'number' ? `every ${formatCount(observe)}` : observe),
  },
  { id: 'precision', label: 'Precision', isQuiet: true },
];

function settingsOf(group: SettingGroup, fields: readonly RecipeField[]): Setting[] {
  return fields.map(({ id, label, unit = '', show = (recipe) => plainText(recipe[id]), applies, isQuiet = false }) => ({
    id,
    group,
    label,
    unit,
    read: ({ recipe }) => (applies?.(recipe) === false ? null : show(recipe)),
    number: ({ recipe }) => {
      const value = recipe[id];
      return typeof value === 'number' && applies?.(recipe) !== false ? value : null;
    },
    usual: () => show(DEFAULTS),
    isQuiet,
  }));
}

function plainText(value: TrainingRecipe[keyof TrainingRecipe]): string {
  if (value === null) return 'off';
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : exact(value);
  return String(value);
}

/** How runs are trained: every field of the recipe, under the contract's names. */
export const RECIPE_SETTINGS: readonly Setting[] = [
  ...settingsOf('Length', LENGTH),
  ...settingsOf('Memory and speed', MEMORY),
  ...settingsOf('Optimiser', OPTIMISER),
  ...settingsOf('Learning-rate schedule', SCHEDULE),
];
