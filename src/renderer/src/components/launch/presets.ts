import { parse } from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../../../../contract/recipe.ts';
import { recipeDraft, type LaunchDraft, type RecipeDraft } from './draft.ts';

export interface Preset {
  readonly title: string;
  /** What it is meant for. */
  readonly purpose: string;
  /** What it asks for; everything else takes the contract's default. The seed is kept. */
  readonly recipe: TrainingRecipeInput;
}

export const PRESETS: readonly Preset[] = [
  {
    title: 'Digits in a minute',
    purpose: 'The defaults: five epochs of the embedded digits on a cosine schedule.',
    recipe: {},
  },
  {
    title: 'As published (He 2016)',
    purpose:
      'He et al. 2016 for CIFAR-10: 164 epochs (64,000 steps there), the rate divided by 10 at half and at three quarters, and a warm-up of 400 steps. The data of this version are the digits, so expect other results than the paper’s.',
    recipe: {
      epochs: 164,
      batchSize: 128,
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 1e-4,
      schedule: 'step',
      milestones: [0.5, 0.75],
      decayFactor: 0.1,
      warmup: 'constant',
      warmupSteps: 400,
      warmupRate: 0.01,
      augment: true,
    },
  },
  {
    title: 'Ultra-deep',
    purpose:
      'For hundreds of layers and more: a tenth of the rate, a linear warm-up of about an epoch of the digits, and gradients clipped to norm 5.',
    recipe: { learningRate: 0.01, warmup: 'linear', warmupSteps: 25, clipNorm: 5 },
  },
];

export function applyPreset(draft: LaunchDraft, { recipe }: Preset): LaunchDraft {
  return { ...draft, ...recipeDraft(parse(TrainingRecipe, recipe)), seed: draft.seed };
}

/** Whether the draft's recipe is that of the preset, whatever the seed. */
export function matchesPreset(draft: LaunchDraft, preset: Preset): boolean {
  const applied = applyPreset(draft, preset);
  return (Object.keys(recipeDraft(parse(TrainingRecipe, {}))) as (keyof RecipeDraft)[]).every(
    (name) => applied[name] === draft[name],
  );
}
