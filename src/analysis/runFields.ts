import type { HealthVerdict } from '../contract/health.ts';
import { networkName } from '../contract/network.ts';
import type { RunRow } from '../contract/run.ts';
import { healthWord } from './health/words.ts';

/** What a filter may need besides the run itself. */
export interface RunFacts {
  /** Its verdict; absent where it has not been judged. */
  readonly health?: HealthVerdict | undefined;
}

export type FieldValue = number | string | boolean | null | readonly string[];

/** What a filter may name, and what it reads; names are matched without regard to case. */
const FIELDS: Readonly<Record<string, (run: RunRow, facts: RunFacts) => FieldValue>> = {
  id: (run) => run.id,
  name: (run) => run.name,
  study: (run) => run.studyId,
  state: (run) => run.state,
  reason: (run) => run.reason,
  health: (_run, { health }) => (health === undefined ? null : [healthWord(health), health]),
  version: (run) => run.network.version,
  depth: (run) => run.network.depth,
  block: (run) => run.network.block,
  network: (run) => networkName(run.network),
  family: (run) => run.network.family ?? (run.network.architecture === undefined ? 'cifar' : null),
  shortcut: (run) => run.network.shortcut ?? (run.network.architecture === undefined ? 'identity' : null),
  activation: (run) => run.network.activation ?? null,
  se: (run) => run.network.se ?? null,
  data: (run) => run.data,
  tag: (run) => run.tags,
  notes: (run) => run.notes,
  step: (run) => run.lastStep,
  parameters: (run) => run.parameters,
  accuracy: (run) => run.testAccuracy,
  best: (run) => run.bestTestAccuracy,
  validationAccuracy: (run) => run.validationAccuracy,
  bestValidationAccuracy: (run) => run.bestValidationAccuracy,
  validationLoss: (run) => run.validationLoss,
  loss: (run) => run.testLoss,
  trainLoss: (run) => run.trainLoss,
  speed: (run) => run.imagesPerSecond,
  stepMs: (run) => run.stepMs,
  minutes: (run) => run.elapsedMs / 60_000,
  epochs: (run) => run.recipe.epochs,
  batchSize: (run) => run.recipe.batchSize,
  learningRate: (run) => run.recipe.learningRate,
  optimiser: (run) => run.recipe.optimiser,
  momentum: (run) => run.recipe.momentum,
  weightDecay: (run) => run.recipe.weightDecay,
  schedule: (run) => run.recipe.schedule,
  warmupSteps: (run) => run.recipe.warmupSteps,
  clipNorm: (run) => run.recipe.clipNorm,
  weightAverage: (run) => run.recipe.weightAverage,
  labelSmoothing: (run) => run.recipe.labelSmoothing,
  stochasticDepth: (run) => run.recipe.stochasticDepth,
  dropPath: (run) => run.recipe.dropPath,
  augment: (run) => run.recipe.augment,
  randAugment: (run) => run.recipe.randAugmentMagnitude,
  cutout: (run) => run.recipe.cutout,
  mixup: (run) => run.recipe.mixup,
  cutMix: (run) => run.recipe.cutMix,
  seed: (run) => run.recipe.seed,
  validationShare: (run) => run.recipe.validationShare,
  validationSeed: (run) => run.recipe.validationSeed,
  recompute: (run) => run.recipe.recompute,
  microBatches: (run) => run.recipe.microBatches,
  precision: (run) => run.recipe.precision,
  xla: (run) => run.recipe.xla,
  observe: (run) => run.recipe.observe,
};

const SHORT_NAMES: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  valacc: 'validationAccuracy',
  valloss: 'validationLoss',
  bs: 'batchSize',
  batch: 'batchSize',
  lr: 'learningRate',
  wd: 'weightDecay',
  params: 'parameters',
  tags: 'tag',
  clip: 'clipNorm',
  warmup: 'warmupSteps',
};

const BY_LOWER_CASE = new Map(Object.keys(FIELDS).map((name) => [name.toLowerCase(), name]));

/** The names that a filter may use, for completion and for messages. */
export const FILTER_FIELDS: readonly string[] = Object.keys(FIELDS);

/** A field's own name for what a user types: without regard to case, `lr` for `learningRate`; undefined where there is none. */
export function fieldName(typed: string): string | undefined {
  const lower = typed.toLowerCase();
  return BY_LOWER_CASE.get(lower) ?? (Object.hasOwn(SHORT_NAMES, lower) ? SHORT_NAMES[lower] : undefined);
}

/** How to read the field of that name (or short name); undefined where there is none. */
export function filterField(name: string): ((run: RunRow, facts: RunFacts) => FieldValue) | undefined {
  const full = fieldName(name);
  return full === undefined ? undefined : FIELDS[full];
}
