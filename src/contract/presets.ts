import type { TrainingRecipeInput } from './recipe.ts';

/** A recipe with a name. */
export interface Preset {
  /** As the command line has it. */
  readonly name: string;
  readonly title: string;
  /** What it is meant for, and what it sets. */
  readonly purpose: string;
  /** What it asks for; everything else takes the contract's default. */
  readonly recipe: TrainingRecipeInput;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'quick',
    title: 'Digits in a minute',
    purpose: 'The defaults: five epochs of the embedded digits on a cosine schedule.',
    recipe: {},
  },
  {
    // He et al. 2016, appendix, and He et al. 2015, section 4.2: 64k iterations, / 10 at 32k and 48k.
    name: 'he2016-cifar',
    title: 'As published (He 2016)',
    purpose:
      'He et al. 2016 for CIFAR-10: 64,000 steps (164 epochs there), the rate divided by 10 at half and at three quarters, and a warm-up of 400 steps at 0.01. On other data than CIFAR expect other results than the paper’s.',
    recipe: {
      epochs: 164,
      maxSteps: 64_000,
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
      // Published results are of networks that were trained on all training images.
      validationShare: 0,
    },
  },
  {
    name: 'ultra-deep',
    title: 'Ultra-deep',
    purpose:
      'For hundreds of layers and more: a linear warm-up of about an epoch of the digits, and gradients clipped to norm 5. The first gradients of 1,001 layers are a thousand times that, so the rate stays 0.1: a tenth of it learns nothing in five epochs.',
    recipe: { epochs: 10, warmup: 'linear', warmupSteps: 25, clipNorm: 5 },
  },
  {
    // He et al. 2015, section 3.4, with the 90 epochs and the milestones of its authors' later code (fb.resnet.torch).
    name: 'imagenet',
    title: 'ImageNet',
    purpose:
      'He et al. 2015 for ImageNet: 90 epochs with batches of 256, the rate divided by 10 at one third and at two thirds.',
    recipe: {
      epochs: 90,
      batchSize: 256,
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 1e-4,
      schedule: 'step',
      milestones: [0.3333, 0.6667],
      decayFactor: 0.1,
      augment: true,
      validationShare: 0,
    },
  },
];
