import { Option, type Command } from 'commander';
import * as v from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import { PRESETS } from '../contract/presets.ts';
import { commaSeparatedNumbers, number, numberOrOff, observedSteps } from './values.ts';

const defaults = v.parse(TrainingRecipe, {});

interface RecipeOption {
  readonly flags: string;
  readonly description: string;
  readonly field: keyof TrainingRecipeInput;
  readonly choices?: readonly string[];
  readonly parse?: (text: string) => unknown;
}

/** Every field of a recipe as an option. The contract holds the defaults and the limits; nothing is repeated here. */
const OPTIONS: readonly RecipeOption[] = [
  { flags: '--epochs <n>', field: 'epochs', description: 'passes over the training images', parse: number },
  {
    flags: '--max-steps <n>',
    field: 'maxSteps',
    description: 'end after this many steps, even inside an epoch, or off',
    parse: numberOrOff,
  },
  { flags: '--batch-size <n>', field: 'batchSize', description: 'images per step', parse: number },
  { flags: '--lr <rate>', field: 'learningRate', description: 'learning rate after warm-up', parse: number },
  {
    flags: '--optimiser <kind>',
    field: 'optimiser',
    description: 'what makes an update of a gradient',
    choices: TrainingRecipe.entries.optimiser.wrapped.options,
  },
  { flags: '--momentum <m>', field: 'momentum', description: 'SGD: momentum, 0 to less than 1', parse: number },
  { flags: '--nesterov', field: 'nesterov', description: 'SGD: Nesterov momentum instead of heavy-ball' },
  { flags: '--beta1 <b>', field: 'beta1', description: 'AdamW: kept of the first moment', parse: number },
  { flags: '--beta2 <b>', field: 'beta2', description: 'AdamW: kept of the second moment', parse: number },
  { flags: '--epsilon <e>', field: 'epsilon', description: "AdamW: added to the second moment's root", parse: number },
  {
    flags: '--weight-decay <d>',
    field: 'weightDecay',
    description: 'weight decay: L2 with SGD, decoupled with AdamW',
    parse: number,
  },
  {
    flags: '--no-decay-all',
    field: 'decayAll',
    description: 'leave batch-norm parameters and biases out of the weight decay',
  },
  {
    flags: '--schedule <kind>',
    field: 'schedule',
    description: 'learning-rate schedule',
    choices: TrainingRecipe.entries.schedule.wrapped.options,
  },
  {
    flags: '--milestones <list>',
    field: 'milestones',
    description: 'step schedule: where the rate falls, as fractions of the run',
    parse: commaSeparatedNumbers,
  },
  {
    flags: '--decay-factor <f>',
    field: 'decayFactor',
    description: 'step schedule: what the rate is multiplied by',
    parse: number,
  },
  { flags: '--warmup-steps <n>', field: 'warmupSteps', description: 'steps of warm-up', parse: number },
  {
    flags: '--warmup <kind>',
    field: 'warmup',
    description: 'how the rate warms up',
    choices: TrainingRecipe.entries.warmup.wrapped.options,
  },
  {
    flags: '--warmup-rate <rate>',
    field: 'warmupRate',
    description: 'rate at the start of the warm-up',
    parse: number,
  },
  {
    flags: '--clip-norm <n>',
    field: 'clipNorm',
    description: 'largest global gradient norm, or off',
    parse: numberOrOff,
  },
  {
    flags: '--label-smoothing <s>',
    field: 'labelSmoothing',
    description: 'share of the training target that is spread over all classes',
    parse: number,
  },
  {
    flags: '--weight-average <decay>',
    field: 'weightAverage',
    description: 'decay of the moving average of the weights that is evaluated',
    parse: numberOrOff,
  },
  {
    flags: '--rollbacks <n>',
    field: 'rollbacks',
    description: 'how often a run that diverges goes back to its last checkpoint before it ends',
    parse: number,
  },
  {
    flags: '--rollback-factor <f>',
    field: 'rollbackFactor',
    description: 'what the rate is multiplied by at each rollback',
    parse: number,
  },
  {
    flags: '--stochastic-depth <p>',
    field: 'stochasticDepth',
    description: "probability that a step drops the last block's residual branch; falls to the first block",
    parse: number,
  },
  {
    flags: '--drop-path <p>',
    field: 'dropPath',
    description: 'the same for each image alone (DropPath); may be combined',
    parse: number,
  },
  { flags: '--augment', field: 'augment', description: 'random crops, and mirror images where the data allows them' },
  { flags: '--no-augment', field: 'augment', description: 'no augmentation, where a preset has it' },
  {
    flags: '--rand-augment <magnitude>',
    field: 'randAugmentMagnitude',
    description: 'RandAugment at this magnitude, 0 to 30, or off',
    parse: numberOrOff,
  },
  {
    flags: '--rand-augment-operations <n>',
    field: 'randAugmentOperations',
    description: 'operations of RandAugment for each image',
    parse: number,
  },
  { flags: '--colour-jitter', field: 'colourJitter', description: 'change brightness, contrast and saturation' },
  { flags: '--lighting', field: 'lighting', description: "shift colours along ImageNet's principal components" },
  {
    flags: '--cutout <pixels>',
    field: 'cutout',
    description: 'cover a square of this side in each image, or off',
    parse: numberOrOff,
  },
  {
    flags: '--mixup <alpha>',
    field: 'mixup',
    description: 'mix images and labels in pairs, by a share from Beta(alpha, alpha), or off',
    parse: numberOrOff,
  },
  {
    flags: '--cut-mix <alpha>',
    field: 'cutMix',
    description: 'put a rectangle of one image into another, or off; with mixup each batch has one of them',
    parse: numberOrOff,
  },
  {
    flags: '--seed <n>',
    field: 'seed',
    description: 'seed of weights, order and augmentation; a study counts up from it',
    parse: number,
  },
  {
    flags: '--validation-share <share>',
    field: 'validationShare',
    description:
      'share of the training images held out to choose by; 0: none, and the test images are looked at each epoch',
    parse: number,
  },
  {
    flags: '--validation-seed <n>',
    field: 'validationSeed',
    description: 'which images are held out, whatever the seed of the run',
    parse: number,
  },
  {
    flags: '--recompute <memory>',
    field: 'recompute',
    description: 'compute activations again in the backward pass, for about a half or a quarter of their memory',
    choices: TrainingRecipe.entries.recompute.wrapped.options,
  },
  {
    flags: '--micro-batches <n>',
    field: 'microBatches',
    description: 'parts that a batch is processed in, one after the other; their gradients are averaged',
    parse: number,
  },
  {
    flags: '--precision <type>',
    field: 'precision',
    description: 'of activations; weights, moments and loss stay float32',
    choices: TrainingRecipe.entries.precision.wrapped.options,
  },
  {
    flags: '--observe <when>',
    field: 'observe',
    description: 'steps whose weights, updates and activations are kept by layer: auto, off or every n-th',
    parse: observedSteps,
  },
  { flags: '--xla', field: 'xla', description: 'on a GPU: have XLA compile and fuse the graph' },
];

const optionOf = ({ flags, description, field, choices, parse }: RecipeOption): Option => {
  const value = defaults[field];
  const shown = value === null || typeof value === 'boolean' ? '' : ` (default: ${String(value)})`;
  const option = new Option(flags, description + shown);
  if (choices) option.choices(choices);
  if (parse) option.argParser((text: string) => parse(text));
  return option;
};

const presetOption = () =>
  new Option('--preset <name>', 'a whole recipe; options given beside it override its fields')
    .choices(PRESETS.map(({ name }) => name))
    .helpGroup('Training:');

const nameOf = (option: RecipeOption) => new Option(option.flags).attributeName();

/** Adds the recipe's options to a command. */
export function addRecipeOptions(command: Command): Command {
  command.addOption(presetOption());
  for (const option of OPTIONS) command.addOption(optionOf(option).helpGroup('Training:'));
  return command;
}

/**
 * The recipe that the command line asks for: the preset's with the fields that were given; what is in neither is left out
 * and takes the contract's default.
 */
export function recipeFrom(command: Command): TrainingRecipeInput {
  const given = OPTIONS.filter((option) => command.getOptionValueSource(nameOf(option)) === 'cli');
  const values = command.opts<Record<string, unknown>>();
  const preset = PRESETS.find(({ name }) => name === values['preset']);
  // The contract checks every value before anything is done with it.
  const valueOf = (option: RecipeOption) => {
    const value = values[nameOf(option)];
    return option.parse === numberOrOff && value === 'off' ? null : value;
  };
  return { ...preset?.recipe, ...Object.fromEntries(given.map((option) => [option.field, valueOf(option)])) };
}

/** `recipe.learningRate` -> `--lr`: the option that a refused field was given by. */
export function recipeFlag(path: string): string | null {
  const option = OPTIONS.find(({ field }) => path === `recipe.${field}` || path.startsWith(`recipe.${field}.`));
  return option ? (option.flags.split(' ')[0] ?? null) : null;
}
