import { parse } from 'valibot';
import { choicesOf, NAMED_REDUCTION, networkName, type NetworkChoices } from '../contract/network.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRequest } from '../contract/run.ts';
import type { FurtherSeries } from '../contract/series.ts';
import { StudyRequest } from '../contract/study.ts';

/** The command line's options, in the order in which its help lists them. */
const OPTIONS: readonly (readonly [keyof TrainingRecipe, string])[] = [
  ['epochs', '--epochs'],
  ['maxSteps', '--max-steps'],
  ['batchSize', '--batch-size'],
  ['learningRate', '--lr'],
  ['optimiser', '--optimiser'],
  ['momentum', '--momentum'],
  ['nesterov', '--nesterov'],
  ['beta1', '--beta1'],
  ['beta2', '--beta2'],
  ['epsilon', '--epsilon'],
  ['weightDecay', '--weight-decay'],
  ['decayAll', '--no-decay-all'],
  ['schedule', '--schedule'],
  ['milestones', '--milestones'],
  ['decayFactor', '--decay-factor'],
  ['warmupSteps', '--warmup-steps'],
  ['warmup', '--warmup'],
  ['warmupRate', '--warmup-rate'],
  ['clipNorm', '--clip-norm'],
  ['labelSmoothing', '--label-smoothing'],
  ['weightAverage', '--weight-average'],
  ['rollbacks', '--rollbacks'],
  ['rollbackFactor', '--rollback-factor'],
  ['stochasticDepth', '--stochastic-depth'],
  ['dropPath', '--drop-path'],
  ['augment', '--augment'],
  ['randAugmentMagnitude', '--rand-augment'],
  ['randAugmentOperations', '--rand-augment-operations'],
  ['colourJitter', '--colour-jitter'],
  ['lighting', '--lighting'],
  ['cutout', '--cutout'],
  ['mixup', '--mixup'],
  ['cutMix', '--cut-mix'],
  ['seed', '--seed'],
  ['validationShare', '--validation-share'],
  ['validationSeed', '--validation-seed'],
  ['recompute', '--recompute'],
  ['microBatches', '--micro-batches'],
  ['precision', '--precision'],
  ['xla', '--xla'],
  ['observe', '--observe'],
];

/** The command that trains the same run; only what differs from the defaults is named. */
export function trainCommand({ name, network, data, recipe }: RunRequest): string {
  const defaults = parse(StudyRequest, {});
  return commandLine('train', [
    ['--arch', networkName(network)],
    ...choiceWords(choicesOf(network), 'run'),
    ...unlessDefault('--data', data, defaults.data),
    ...recipeWords(recipe),
    ...nameWords(name),
  ]);
}

/** The command that trains the same study. */
export function studyCommand(request: StudyRequest): string {
  const { name, versions, depths, seeds, data, recipe } = request;
  const defaults = parse(StudyRequest, {});
  return commandLine('study', [
    ...unlessDefault('--versions', versions, defaults.versions),
    ...unlessDefault('--depths', depths, defaults.depths),
    ...unlessDefault('--seeds', seeds, defaults.seeds),
    ...choiceWords(choicesOf(request), 'study'),
    ...unlessDefault('--data', data, defaults.data),
    ...recipeWords(recipe),
    ...nameWords(name),
  ]);
}

/** The command that adds a further series to a study; an architecture of its own comes from a file, which is named here. */
export function growCommand(
  id: number,
  { label, version, architecture, recipe, ...choices }: FurtherSeries,
  study: Pick<StudyRequest, 'recipe'>,
): string {
  return commandLine('study', [
    ['grow', String(id), '--series', label],
    ...(version === 'v1' ? [['--series-version', version]] : []),
    ...(architecture === undefined ? [] : [['--config', 'architecture.json']]),
    ...choiceWords(choices, 'study'),
    ...recipeWords(recipe, study.recipe),
  ]);
}

type Words = readonly (readonly string[])[];

function commandLine(command: string, words: Words): string {
  return ['npm start --', command, ...words.flat().map(quoted)].join(' ');
}

/** The name of a run's network says the usual reduction itself. */
function choiceWords({ se, activationBeforeSplit, ...choices }: NetworkChoices, kind: 'run' | 'study'): Words {
  const isNamed = kind === 'run' && se === NAMED_REDUCTION;
  return [
    ...Object.entries(choices).map(([field, value]) => [`--${field}`, String(value)]),
    ...(se === undefined || isNamed ? [] : [['--se', String(se)]]),
    ...(activationBeforeSplit === true ? [['--activation-before-split']] : []),
  ];
}

/** Of a recipe what is not as in `base`, the defaults where that is left out. */
function recipeWords(recipe: TrainingRecipe, base = parse(TrainingRecipe, {})): Words {
  return OPTIONS.flatMap(([field, option]) => {
    const value = recipe[field];
    // A switch has no value: that it is there says that it is not as it would be.
    if (typeof value === 'boolean') return value === base[field] ? [] : [[option]];
    return value === null ? [] : unlessDefault(option, value, base[field]);
  });
}

function unlessDefault(option: string, value: Listable, byDefault: Listable | boolean | null): Words {
  return String(value) === String(byDefault) ? [] : [[option, String(value)]];
}

type Listable = string | number | readonly (string | number)[];

const nameWords = (name: string | undefined): Words => (name === undefined || name === '' ? [] : [['--name', name]]);

/** As a shell takes it for one word. Double quotes where they do, since the Windows shells know no others. */
function quoted(word: string): string {
  if (/^[\w.,:=/+-]+$/.test(word)) return word;
  return /["$`\\!%]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`;
}
