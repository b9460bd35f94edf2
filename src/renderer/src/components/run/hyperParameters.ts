import { parse } from 'valibot';
import { typographic } from '../../../../analysis/format.ts';
import type { Architecture, Block } from '../../../../contract/architecture.ts';
import { TrainingRecipe } from '../../../../contract/recipe.ts';
import type { RateChange, RunRow } from '../../../../contract/run.ts';
import { formatCount } from '../../format.ts';

export interface HyperParameterRow {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  /** The default's value where this one differs from it; null where it does not, or where there is no default. */
  readonly changedFrom: string | null;
}

export interface HyperParameterGroup {
  readonly title: string;
  readonly rows: readonly HyperParameterRow[];
}

interface RecipeField {
  readonly name: string;
  readonly unit?: string;
  show(recipe: TrainingRecipe): string;
  /** Whether it has a meaning in this recipe; always where it is left out. */
  applies?(recipe: TrainingRecipe): boolean;
}

const DEFAULTS = parse(TrainingRecipe, {});

const yesNo = (on: boolean) => (on ? 'yes' : 'no');
const number = (value: number) => typographic(String(Number(value.toPrecision(6))));
const isSgd = ({ optimiser }: TrainingRecipe) => optimiser === 'sgd';
const isAdamW = ({ optimiser }: TrainingRecipe) => optimiser === 'adamw';
const mayGoBack = ({ rollbacks }: TrainingRecipe) => rollbacks > 0;
const isStep = ({ schedule }: TrainingRecipe) => schedule === 'step';
const hasWarmup = ({ warmupSteps }: TrainingRecipe) => warmupSteps > 0;

const OPTIMISER: readonly RecipeField[] = [
  { name: 'Learning rate', show: ({ learningRate }) => number(learningRate) },
  { name: 'Momentum', show: ({ momentum }) => number(momentum), applies: isSgd },
  { name: 'Nesterov momentum', show: ({ nesterov }) => yesNo(nesterov), applies: isSgd },
  { name: 'Beta 1', show: ({ beta1 }) => number(beta1), applies: isAdamW },
  { name: 'Beta 2', show: ({ beta2 }) => number(beta2), applies: isAdamW },
  { name: 'Epsilon', show: ({ epsilon }) => number(epsilon), applies: isAdamW },
  { name: 'Weight decay', show: ({ weightDecay }) => number(weightDecay) },
  {
    name: 'Decay of scales and biases',
    show: ({ decayAll }) => yesNo(decayAll),
    applies: ({ weightDecay }) => weightDecay > 0,
  },
  { name: 'Clipping, global norm', show: ({ clipNorm }) => (clipNorm === null ? 'off' : number(clipNorm)) },
  { name: 'Label smoothing', show: ({ labelSmoothing }) => number(labelSmoothing) },
  {
    name: 'Average of weights, decay',
    show: ({ weightAverage }) => (weightAverage === null ? 'off' : number(weightAverage)),
    applies: ({ weightAverage }) => weightAverage !== null,
  },
  { name: 'Rollbacks', unit: 'at most', show: ({ rollbacks }) => formatCount(rollbacks), applies: mayGoBack },
  {
    name: 'Rollback factor',
    unit: 'of the rate',
    show: ({ rollbackFactor }) => number(rollbackFactor),
    applies: mayGoBack,
  },
];

const SCHEDULE: readonly RecipeField[] = [
  { name: 'Schedule', show: ({ schedule }) => schedule },
  {
    name: 'Milestones',
    unit: '% of the steps',
    show: ({ milestones }) => milestones.map((milestone) => number(milestone * 100)).join(', ') || 'none',
    applies: isStep,
  },
  { name: 'Decay factor', unit: 'at a milestone', show: ({ decayFactor }) => number(decayFactor), applies: isStep },
  { name: 'Warm-up', unit: 'steps', show: ({ warmupSteps }) => formatCount(warmupSteps) },
  { name: 'Warm-up kind', show: ({ warmup }) => warmup, applies: hasWarmup },
  { name: 'Warm-up rate', show: ({ warmupRate }) => number(warmupRate), applies: hasWarmup },
];

const LENGTH: readonly RecipeField[] = [
  { name: 'Epochs', show: ({ epochs }) => formatCount(epochs) },
  {
    name: 'Step limit',
    unit: 'steps',
    show: ({ maxSteps }) => (maxSteps === null ? '' : formatCount(maxSteps)),
    applies: ({ maxSteps }) => maxSteps !== null,
  },
  { name: 'Batch size', unit: 'images', show: ({ batchSize }) => formatCount(batchSize) },
  {
    name: 'Stochastic depth',
    unit: 'at the last block',
    show: ({ stochasticDepth }) => (stochasticDepth === null ? '' : number(stochasticDepth)),
    applies: ({ stochasticDepth }) => stochasticDepth !== null,
  },
  {
    name: 'Drop path',
    unit: 'at the last block',
    show: ({ dropPath }) => (dropPath === null ? '' : number(dropPath)),
    applies: ({ dropPath }) => dropPath !== null,
  },
  { name: 'Augmentation', show: ({ augment }) => yesNo(augment) },
  {
    name: 'RandAugment',
    unit: 'operations, magnitude',
    show: ({ randAugmentMagnitude, randAugmentOperations }) =>
      randAugmentMagnitude === null ? '' : `${randAugmentOperations}, ${randAugmentMagnitude}`,
    applies: ({ randAugmentMagnitude }) => randAugmentMagnitude !== null,
  },
  {
    name: 'Colour jitter',
    show: ({ colourJitter }) => yesNo(colourJitter),
    applies: ({ colourJitter }) => colourJitter,
  },
  { name: 'Lighting', show: ({ lighting }) => yesNo(lighting), applies: ({ lighting }) => lighting },
  {
    name: 'Cutout',
    unit: 'pixels',
    show: ({ cutout }) => (cutout === null ? '' : number(cutout)),
    applies: ({ cutout }) => cutout !== null,
  },
  {
    name: 'Mixup',
    unit: 'alpha',
    show: ({ mixup }) => (mixup === null ? '' : number(mixup)),
    applies: ({ mixup }) => mixup !== null,
  },
  {
    name: 'CutMix',
    unit: 'alpha',
    show: ({ cutMix }) => (cutMix === null ? '' : number(cutMix)),
    applies: ({ cutMix }) => cutMix !== null,
  },
  { name: 'Seed', show: ({ seed }) => String(seed) },
  {
    name: 'Validation share',
    unit: 'of the training images',
    show: ({ validationShare }) => number(validationShare),
  },
  {
    name: 'Validation seed',
    show: ({ validationSeed }) => String(validationSeed),
    applies: ({ validationShare }) => validationShare > 0,
  },
];

const MEMORY: readonly RecipeField[] = [
  {
    name: 'Recomputed activations',
    unit: 'of the memory',
    show: ({ recompute }) => recompute,
    applies: ({ recompute }) => recompute !== 'off',
  },
  {
    name: 'Micro-batches',
    unit: 'a step',
    show: ({ microBatches }) => formatCount(microBatches),
    applies: ({ microBatches }) => microBatches > 1,
  },
  { name: 'XLA', show: ({ xla }) => yesNo(xla), applies: ({ xla }) => xla },
  {
    name: 'Observed steps',
    show: ({ observe }) => (typeof observe === 'number' ? `every ${formatCount(observe)}` : observe),
  },
  { name: 'Precision', show: ({ precision }) => precision, applies: ({ precision }) => precision !== 'float32' },
];

/** What a run was asked to be, in the field's terms; settings without a meaning in this run are left out. */
export function hyperParameterGroups(
  run: Pick<
    RunRow,
    'network' | 'input' | 'data' | 'recipe' | 'rateChanges' | 'parameters' | 'stepsPerEpoch' | 'totalSteps'
  >,
): HyperParameterGroup[] {
  const { network, input, data, recipe } = run;
  return [
    {
      title: 'Network',
      rows: [
        fact('Version', network.version === 'v1' ? 'V1, post-activation' : 'V2, pre-activation'),
        fact('Depth', String(network.depth), 'layers'),
        ...networkFacts(network),
        ...(run.parameters > 0 ? [fact('Parameters', formatCount(run.parameters))] : []),
      ],
    },
    {
      title: 'Data',
      rows: [
        fact('Data set', data),
        fact('Images', `${input.height} × ${input.width} × ${input.channels}`, 'px, channels'),
        fact('Classes', String(input.classes)),
      ],
    },
    { title: 'Length', rows: rowsOf([...LENGTH, ...MEMORY], recipe) },
    { title: `Optimiser: ${optimiserName(recipe)}`, rows: rowsOf(OPTIMISER, recipe) },
    { title: 'Learning-rate schedule', rows: [...rowsOf(SCHEDULE, recipe), ...run.rateChanges.map(rateFact)] },
  ];
}

function rateFact({ firstStep, learningRate }: RateChange): HyperParameterRow {
  return fact('Changed by hand', number(learningRate), `from step ${formatCount(firstStep)}`);
}

/** The stages of a network from a file, a line each: `2 × basic 16, 1 × bottleneck 32 /2 SE 16`. */
function architectureFacts({ name, stem, stages }: Architecture): HyperParameterRow[] {
  const blockText = ({ repeat, kind, width, stride, se }: Block) =>
    `${repeat} × ${kind} ${width}${stride === 1 ? '' : ` /${stride}`}${se === undefined ? '' : ` SE ${se}`}`;
  return [
    fact('Architecture', name ?? 'from a file'),
    fact('Stem', `${stem.window} × ${stem.window}, ${stem.width} channels${stem.pool ? ', pool' : ''}`),
    ...stages.map(({ blocks }, index) => fact(`Stage ${index + 1}`, blocks.map(blockText).join(', '))),
  ];
}

/** The unit, and whatever is not as in the papers. */
function networkFacts(network: RunRow['network']) {
  const { version, block, family, se, shortcut, activation, activationBeforeSplit, architecture } = network;
  if (architecture !== undefined) return architectureFacts(architecture);
  const usualOrder = version === 'v1' ? 'original' : 'full-preactivation';
  const changed = (name: string, value: string, changedFrom: string) => ({ name, value, unit: '', changedFrom });
  return [
    fact('Residual unit', block),
    ...(family === undefined ? [] : [fact('Family', family)]),
    ...(se === undefined ? [] : [fact('Squeeze and excitation', `reduction ${se}`)]),
    ...(shortcut === undefined ? [] : [changed('Shortcut', shortcut, 'identity')]),
    ...(activation === undefined ? [] : [changed('Order of activation', activation, usualOrder)]),
    ...(activationBeforeSplit === true ? [changed('First activation', 'before the split', 'on the branch')] : []),
  ];
}

function optimiserName({ optimiser, nesterov }: TrainingRecipe): string {
  if (optimiser === 'adamw') return 'AdamW';
  return nesterov ? 'SGD, Nesterov momentum' : 'SGD, heavy-ball momentum';
}

function fact(name: string, value: string, unit = ''): HyperParameterRow {
  return { name, value, unit, changedFrom: null };
}

function rowsOf(fields: readonly RecipeField[], recipe: TrainingRecipe): HyperParameterRow[] {
  return fields
    .filter(({ applies }) => applies?.(recipe) ?? true)
    .map(({ name, unit = '', show }) => {
      const value = show(recipe);
      const usual = show(DEFAULTS);
      return { name, value, unit, changedFrom: value === usual ? null : usual || 'none' };
    });
}
