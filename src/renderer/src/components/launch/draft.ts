import { parse } from 'valibot';
import type { NetworkVersion } from '../../../../contract/network.ts';
import { networkName } from '../../../../contract/network.ts';
import type { TrainingRecipe } from '../../../../contract/recipe.ts';
import {
  type OptimiserKind,
  type Precision,
  type Recompute,
  type ScheduleKind,
  type WarmupKind,
} from '../../../../contract/recipe.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { StudyRequest } from '../../../../contract/study.ts';
import { networkDraft, type NetworkDraft } from './networkDraft.ts';

export type LaunchKind = 'run' | 'study';

/** A recipe as it is typed: numbers stay text, so that nothing typed is lost. Empty where the recipe has null: none. */
export interface RecipeDraft {
  epochs: string;
  maxSteps: string;
  batchSize: string;
  learningRate: string;
  optimiser: OptimiserKind;
  momentum: string;
  nesterov: boolean;
  beta1: string;
  beta2: string;
  epsilon: string;
  weightDecay: string;
  decayAll: boolean;
  schedule: ScheduleKind;
  milestones: string;
  decayFactor: string;
  warmupSteps: string;
  warmup: WarmupKind;
  warmupRate: string;
  clipNorm: string;
  labelSmoothing: string;
  weightAverage: string;
  rollbacks: string;
  rollbackFactor: string;
  stochasticDepth: string;
  dropPath: string;
  augment: boolean;
  randAugmentMagnitude: string;
  randAugmentOperations: string;
  colourJitter: boolean;
  lighting: boolean;
  cutout: string;
  mixup: string;
  cutMix: string;
  seed: string;
  validationShare: string;
  validationSeed: string;
  recompute: Recompute;
  microBatches: string;
  precision: Precision;
  xla: boolean;
  /** `auto`, `off` or a number. */
  observe: string;
}

/** The whole form. A run reads `version` and `depth`; a study `versions`, `depths` and `seeds`; both read the rest. */
export interface LaunchDraft extends RecipeDraft, NetworkDraft {
  version: NetworkVersion;
  depth: string;
  versions: NetworkVersion[];
  depths: string;
  seeds: string;
  data: string;
  name: string;
}

export type FieldName = keyof LaunchDraft;
/** Fields that are typed into. */
export type TextFieldName = { [Name in FieldName]: string extends LaunchDraft[Name] ? Name : never }[FieldName];

export function recipeDraft(recipe: TrainingRecipe): RecipeDraft {
  const optional = (value: number | null) => (value === null ? '' : String(value));
  return {
    epochs: String(recipe.epochs),
    maxSteps: optional(recipe.maxSteps),
    batchSize: String(recipe.batchSize),
    learningRate: String(recipe.learningRate),
    optimiser: recipe.optimiser,
    momentum: String(recipe.momentum),
    nesterov: recipe.nesterov,
    beta1: String(recipe.beta1),
    beta2: String(recipe.beta2),
    epsilon: String(recipe.epsilon),
    weightDecay: String(recipe.weightDecay),
    decayAll: recipe.decayAll,
    schedule: recipe.schedule,
    milestones: recipe.milestones.join(', '),
    decayFactor: String(recipe.decayFactor),
    warmupSteps: String(recipe.warmupSteps),
    warmup: recipe.warmup,
    warmupRate: String(recipe.warmupRate),
    clipNorm: optional(recipe.clipNorm),
    labelSmoothing: String(recipe.labelSmoothing),
    weightAverage: optional(recipe.weightAverage),
    rollbacks: String(recipe.rollbacks),
    rollbackFactor: String(recipe.rollbackFactor),
    stochasticDepth: optional(recipe.stochasticDepth),
    dropPath: optional(recipe.dropPath),
    augment: recipe.augment,
    randAugmentMagnitude: optional(recipe.randAugmentMagnitude),
    randAugmentOperations: String(recipe.randAugmentOperations),
    colourJitter: recipe.colourJitter,
    lighting: recipe.lighting,
    cutout: optional(recipe.cutout),
    mixup: optional(recipe.mixup),
    cutMix: optional(recipe.cutMix),
    seed: String(recipe.seed),
    validationShare: String(recipe.validationShare),
    validationSeed: String(recipe.validationSeed),
    recompute: recipe.recompute,
    microBatches: String(recipe.microBatches),
    precision: recipe.precision,
    xla: recipe.xla,
    observe: String(recipe.observe),
  };
}

/** The contract's defaults; a single run starts as the pre-activation network in the middle of the default study. */
export function defaultDraft(): LaunchDraft {
  const { versions, depths, seeds, data, recipe } = parse(StudyRequest, {});
  return {
    ...recipeDraft(recipe),
    version: 'v2',
    depth: '20',
    versions,
    depths: depths.join(', '),
    seeds: String(seeds),
    ...networkDraft({}),
    data,
    name: '',
  };
}

/** Takes a change of many fields back; what was typed after it stays. */
export function takeBack(now: LaunchDraft, before: LaunchDraft, after: LaunchDraft): LaunchDraft {
  const unchanged = (Object.keys(after) as FieldName[]).filter((name) => String(now[name]) === String(after[name]));
  return { ...now, ...Object.fromEntries(unchanged.map((name) => [name, before[name]])) };
}

/** A form filled from a study, its name left to be given anew. */
export function draftOfStudy(request: StudyRequest): LaunchDraft {
  const { versions, depths, seeds, data, recipe } = request;
  return {
    ...defaultDraft(),
    ...recipeDraft(recipe),
    versions,
    depths: depths.join(', '),
    seeds: String(seeds),
    ...networkDraft(request),
    data,
  };
}

/** A form filled from a run, for a run or a study that differs from it. A name that the host gave is not taken over. */
export function draftOfRun({ name, network, data, recipe }: RunRow): LaunchDraft {
  const isGivenName = name === `${networkName(network)} seed ${recipe.seed}`;
  return {
    ...defaultDraft(),
    ...recipeDraft(recipe),
    version: network.version,
    depth: String(network.depth),
    depths: String(network.depth),
    ...networkDraft(network),
    data,
    name: isGivenName ? '' : name,
  };
}
