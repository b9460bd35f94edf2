import type { FieldName, LaunchDraft } from './draft.ts';

/** What the fields are called, in the form and wherever the form speaks of them. */
export const LABELS: Readonly<Record<FieldName, string>> = {
  version: 'Version',
  depth: 'Depth',
  versions: 'Versions',
  depths: 'Depths',
  seeds: 'Seeds',
  block: 'Block',
  family: 'Family',
  se: 'Squeeze-excitation',
  shortcut: 'Shortcut',
  activation: 'Order of activation',
  activationBeforeSplit: 'Activate before the first split',
  data: 'Data set',
  name: 'Name',
  epochs: 'Epochs',
  maxSteps: 'Step limit',
  batchSize: 'Batch size',
  learningRate: 'Learning rate',
  optimiser: 'Optimiser',
  momentum: 'Momentum',
  nesterov: 'Nesterov momentum',
  beta1: 'Beta 1',
  beta2: 'Beta 2',
  epsilon: 'Epsilon',
  weightDecay: 'Weight decay',
  decayAll: 'Decay batch norms and biases too',
  schedule: 'Schedule',
  milestones: 'Milestones',
  decayFactor: 'Decay factor',
  warmupSteps: 'Warm-up',
  warmup: 'Warm-up kind',
  warmupRate: 'Warm-up rate',
  clipNorm: 'Clip norm',
  labelSmoothing: 'Label smoothing',
  weightAverage: 'Average of weights',
  rollbacks: 'Rollbacks',
  rollbackFactor: 'Rollback factor',
  stochasticDepth: 'Stochastic depth',
  dropPath: 'Drop path',
  augment: 'Augmentation',
  randAugmentMagnitude: 'RandAugment',
  randAugmentOperations: 'Its operations',
  colourJitter: 'Colour jitter',
  lighting: 'Lighting',
  cutout: 'Cutout',
  mixup: 'Mixup',
  cutMix: 'CutMix',
  seed: 'Seed',
  validationShare: 'Validation share',
  validationSeed: 'Validation seed',
  recompute: 'Recompute activations',
  microBatches: 'Micro-batches',
  precision: 'Precision',
  xla: 'XLA',
  observe: 'Observed steps',
};

/** Texts that stand for nothing at all. */
const EMPTY: Partial<Readonly<Record<FieldName, string>>> = {
  maxSteps: 'none',
  clipNorm: 'off',
  weightAverage: 'off',
  stochasticDepth: 'off',
  dropPath: 'off',
  randAugmentMagnitude: 'off',
  cutout: 'off',
  mixup: 'off',
  cutMix: 'off',
};

/** `Learning rate 0.1 → 0.01` for every field that differs. */
export function changesBetween(before: LaunchDraft, after: LaunchDraft): string[] {
  const names = Object.keys(LABELS) as FieldName[];
  const shown = (draft: LaunchDraft, name: FieldName) => {
    const value = draft[name];
    if (typeof value === 'boolean') return value ? 'on' : 'off';
    if (value === 'papers') return 'as in the papers';
    return String(value) || (EMPTY[name] ?? 'none');
  };
  return names
    .filter((name) => shown(before, name) !== shown(after, name))
    .map((name) => `${LABELS[name]} ${shown(before, name)} → ${shown(after, name)}`);
}
