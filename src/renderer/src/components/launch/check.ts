import * as v from 'valibot';
import { TrainingRecipe } from '../../../../contract/recipe.ts';
import { RunRequest } from '../../../../contract/run.ts';
import { StudyRequest } from '../../../../contract/study.ts';
import { LABELS } from './labels.ts';
import type { FieldName, LaunchDraft, LaunchKind, TextFieldName } from './draft.ts';
import { choicesOfDraft } from './networkDraft.ts';
import { readNumber, readNumbers } from './readNumber.ts';

export type Issues = ReadonlyMap<FieldName, string>;

/** A draft against a schema of the contract: the request, or what is wrong and in which field. */
export interface Checked<Request> {
  readonly request: Request | null;
  readonly issues: Issues;
}

export function checkRun(draft: LaunchDraft): Checked<RunRequest> {
  const reader = createReader(draft);
  const request = {
    ...named(draft),
    network: { version: draft.version, depth: reader.number('depth'), ...choicesOfDraft(draft, reader.optional('se')) },
    data: draft.data,
    recipe: readRecipe(draft, reader),
  };
  return check('run', RunRequest, request, reader.issues);
}

export function checkStudy(draft: LaunchDraft): Checked<StudyRequest> {
  const reader = createReader(draft);
  const request = {
    ...named(draft),
    versions: draft.versions,
    depths: reader.numbers('depths'),
    seeds: reader.number('seeds'),
    ...choicesOfDraft(draft, reader.optional('se')),
    data: draft.data,
    recipe: readRecipe(draft, reader),
  };
  return check('study', StudyRequest, request, reader.issues);
}

export function checkRecipe(draft: LaunchDraft): Checked<TrainingRecipe> {
  const reader = createReader(draft);
  return check('run', TrainingRecipe, readRecipe(draft, reader), reader.issues);
}

/** The field that a place in a request is about: `recipe.milestones.1` -> milestones; null where the form has none. */
export function fieldOf(place: string, kind: LaunchKind): FieldName | null {
  const [first = ''] = place.replace(/^(recipe|network)\./, '').split('.');
  if (first === 'depth' && kind === 'study') return 'depths';
  return Object.hasOwn(LABELS, first) ? (first as FieldName) : null;
}

type Reader = ReturnType<typeof createReader>;

/** Reads texts and notes what is no number. Such a value is left out, so that the contract still checks all the others. */
function createReader(draft: LaunchDraft) {
  const issues = new Map<FieldName, string>();
  const number = (name: TextFieldName): number | undefined => {
    const reading = readNumber(draft[name]);
    if ('value' in reading) return reading.value;
    issues.set(name, reading.issue);
    return undefined;
  };
  const numbers = (name: TextFieldName): readonly number[] | undefined => {
    const reading = readNumbers(draft[name]);
    if ('values' in reading) return reading.values;
    issues.set(name, reading.issue);
    return undefined;
  };
  const optional = (name: TextFieldName) => (draft[name].trim() === '' ? null : number(name));
  return { issues, number, numbers, optional };
}

/** A word or a number; the contract says what is wrong with any other text. */
function readObserve(text: string): string | number {
  const reading = readNumber(text);
  return 'value' in reading ? reading.value : text.trim();
}

/** What the optimiser, the schedule, warm-up, rollbacks or the split do not use takes its default: nobody sees those fields to mend them. */
function readRecipe(draft: LaunchDraft, { number, numbers, optional }: Reader) {
  const warmupSteps = number('warmupSteps');
  const rollbacks = number('rollbacks');
  const validationShare = number('validationShare');
  const randAugmentMagnitude = optional('randAugmentMagnitude');
  return {
    epochs: number('epochs'),
    maxSteps: optional('maxSteps'),
    batchSize: number('batchSize'),
    learningRate: number('learningRate'),
    optimiser: draft.optimiser,
    ...(draft.optimiser === 'sgd'
      ? { momentum: number('momentum'), nesterov: draft.nesterov }
      : { beta1: number('beta1'), beta2: number('beta2'), epsilon: number('epsilon') }),
    weightDecay: number('weightDecay'),
    decayAll: draft.decayAll,
    schedule: draft.schedule,
    ...(draft.schedule === 'step' ? { milestones: numbers('milestones'), decayFactor: number('decayFactor') } : {}),
    warmupSteps,
    ...(warmupSteps === 0 ? {} : { warmup: draft.warmup, warmupRate: number('warmupRate') }),
    clipNorm: optional('clipNorm'),
    labelSmoothing: number('labelSmoothing'),
    weightAverage: optional('weightAverage'),
    rollbacks,
    ...(rollbacks === 0 ? {} : { rollbackFactor: number('rollbackFactor') }),
    stochasticDepth: optional('stochasticDepth'),
    dropPath: optional('dropPath'),
    augment: draft.augment,
    randAugmentMagnitude,
    ...(randAugmentMagnitude === null ? {} : { randAugmentOperations: number('randAugmentOperations') }),
    colourJitter: draft.colourJitter,
    lighting: draft.lighting,
    cutout: optional('cutout'),
    mixup: optional('mixup'),
    cutMix: optional('cutMix'),
    seed: number('seed'),
    validationShare,
    ...(validationShare === 0 ? {} : { validationSeed: number('validationSeed') }),
    recompute: draft.recompute,
    microBatches: number('microBatches'),
    precision: draft.precision,
    xla: draft.xla,
    observe: readObserve(draft.observe),
  };
}

const named = ({ name }: LaunchDraft) => (name.trim() === '' ? {} : { name });

function check<Request>(
  kind: LaunchKind,
  schema: v.GenericSchema<unknown, Request>,
  candidate: unknown,
  unread: Issues,
): Checked<Request> {
  const result = v.safeParse(schema, candidate);
  if (result.success && unread.size === 0) return { request: result.output, issues: unread };
  const issues = new Map<FieldName, string>();
  for (const issue of result.issues ?? []) {
    const field = fieldOf(v.getDotPath(issue) ?? '', kind);
    if (field !== null && !issues.has(field)) issues.set(field, sentenceOf(issue));
  }
  for (const [field, issue] of unread) issues.set(field, issue);
  return { request: null, issues };
}

/** Of a list's member, says which one it is. */
function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const isMember = issue.path?.at(-1)?.type === 'array' && typeof issue.input === 'number';
  return isMember ? `${issue.input}: ${issue.message}` : issue.message;
}
