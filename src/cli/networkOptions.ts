import { Option, type Command } from 'commander';
import { outlineOf } from '../contract/architecture.ts';
import { UserError } from '../contract/errors.ts';
import { MAX_DEPTH, MIN_DEPTH, NetworkChoices, parseNetworkName, type NetworkRequest } from '../contract/network.ts';
import { readArchitecture } from './architectureFile.ts';
import { number } from './values.ts';

interface ChoiceOption {
  readonly flags: string;
  readonly description: string;
  readonly field: keyof NetworkChoices;
  readonly choices?: readonly string[];
  readonly parse?: (text: string) => unknown;
}

const { block, family, shortcut, activation } = NetworkChoices.entries;

/** What can be chosen of a network beside its name. The contract holds the choices; nothing is repeated here. */
const OPTIONS: readonly ChoiceOption[] = [
  {
    flags: '--block <kind>',
    field: 'block',
    description: 'residual block (default: as the depth has it; basic below 164 where both fit)',
    choices: block.wrapped.options,
  },
  {
    flags: '--family <name>',
    field: 'family',
    description: 'stem and stages (default: imagenet for images from 64 pixels on, and for its own depths)',
    choices: family.wrapped.options,
  },
  {
    flags: '--se <reduction>',
    field: 'se',
    description: 'squeeze and excitation in every block; se_resnet_... has 16',
    parse: number,
  },
  {
    flags: '--shortcut <kind>',
    field: 'shortcut',
    description: 'what carries x past a block (default: identity)',
    choices: shortcut.wrapped.options,
  },
  {
    flags: '--activation <order>',
    field: 'activation',
    description: 'where a block normalises and activates (default: original for v1, full-preactivation for v2)',
    choices: activation.wrapped.options,
  },
  {
    flags: '--activation-before-split',
    field: 'activationBeforeSplit',
    description: "v2: the first block's activation comes before its two paths part",
  },
];

const optionOf = ({ flags, description, choices, parse }: ChoiceOption): Option => {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (parse) option.argParser((text: string) => parse(text));
  return option;
};

/** Adds `--arch`, `--config` and the choices of a network to a command. */
export function addNamedNetworkOptions(command: Command): Command {
  const arch = new Option('--arch <name>', 'network: resnet_v1_DEPTH, resnet_v2_DEPTH or se_resnet_v2_DEPTH');
  const config = new Option('--config <file>', 'network from a YAML or JSON file, in place of --arch');
  command.addOption(arch).addOption(config.conflicts(['arch', ...OPTIONS.map(({ field }) => field)]));
  return addNetworkOptions(command);
}

/** The network that `--arch` or `--config` asks for, with the other choices. */
export function requestedNetwork(command: Command): NetworkRequest {
  const { arch, config } = command.opts<{ arch?: string; config?: string }>();
  if (config !== undefined) {
    const architecture = readArchitecture(config);
    return { ...outlineOf(architecture), architecture };
  }
  if (arch !== undefined) return networkFrom(arch, choicesFrom(command));
  throw new UserError({
    code: 'bad-input',
    message: 'No network is named',
    where: '--arch',
    hint: 'Name one, as --arch resnet_v2_20, or a file, as --config examples/mixed.yaml',
  });
}

/** Adds the choices of a network to a command. */
export function addNetworkOptions(command: Command): Command {
  for (const option of OPTIONS) command.addOption(optionOf(option).helpGroup('Network:'));
  return command;
}

/** What the command line chooses; what was not given is left out. The contract checks every value. */
export function choicesFrom(command: Command): NetworkChoices {
  const values = command.opts<Record<string, unknown>>();
  const given = OPTIONS.filter(({ field }) => values[field] !== undefined);
  return Object.fromEntries(given.map(({ field }) => [field, values[field]]));
}

/** `network.shortcut` or, of a study, `shortcut` -> `--shortcut`. */
export function networkFlag(path: string): string | null {
  const field = path.replace(/^network\./, '');
  const option = OPTIONS.find((one) => one.field === field);
  return option ? (option.flags.split(' ')[0] ?? null) : null;
}

/** The network of that name with the other choices. Throws what is wrong with the name and a name that would do. */
export function networkFrom(arch: string, choices: NetworkChoices = {}): NetworkRequest {
  const named = parseNetworkName(arch.trim().toLowerCase());
  if (named) return { ...named, ...choices };
  throw new UserError({
    code: 'bad-input',
    message: `There is no network ${arch}`,
    where: '--arch',
    hint: `${suggestion(arch)}A network is named resnet_v1_DEPTH, resnet_v2_DEPTH or se_resnet_v2_DEPTH, with a depth from ${MIN_DEPTH} to ${MAX_DEPTH}`,
  });
}

/** Most mistakes keep version and depth readable: `resnetv2-20`, `ResNet-v2 20`, `resnet_2_20`. */
function suggestion(arch: string): string {
  const match = /(?:v|_|-|\s)?([12])[^\d]+(\d{1,4})$/.exec(arch.trim().toLowerCase());
  const squeezed = /^se/i.test(arch.trim()) ? 'se_' : '';
  return match ? `Did you mean ${squeezed}resnet_v${match[1]}_${match[2]}? ` : '';
}
