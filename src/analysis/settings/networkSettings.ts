import type { Architecture, Block } from '../../contract/architecture.ts';
import { networkName, type NetworkSpec } from '../../contract/network.ts';
import { formatCount } from '../quantity.ts';
import { NONE, yesNo, type Setting, type SettingsOf } from './setting.ts';

type Facts = Pick<Setting, 'id' | 'label'> & Partial<Pick<Setting, 'unit' | 'number' | 'usual' | 'isQuiet'>>;

function network(facts: Facts, read: (network: NetworkSpec) => string | null): Setting {
  return {
    group: 'Network',
    unit: '',
    number: NONE,
    usual: NONE,
    isQuiet: false,
    ...facts,
    read: (run) => read(run.network),
  };
}

/** One that an architecture from a file says unit by unit instead. */
function named(facts: Facts, read: (network: NetworkSpec) => string | null): Setting {
  return network(facts, (spec) => (spec.architecture === undefined ? read(spec) : null));
}

/** One that only an architecture from a file has. */
function fromFile(facts: Facts, read: (architecture: Architecture) => string | null): Setting {
  return network(facts, ({ architecture }) => (architecture === undefined ? null : read(architecture)));
}

const OWN_ORDER = 'its version’s own';

const NETWORK_SETTINGS: readonly Setting[] = [
  network({ id: 'version', label: 'Version' }, ({ version }) =>
    version === 'v1' ? 'V1, post-activation' : 'V2, pre-activation',
  ),
  network({ id: 'depth', label: 'Depth', unit: 'layers', number: (run) => run.network.depth }, ({ depth }) =>
    String(depth),
  ),
  named({ id: 'block', label: 'Residual unit' }, ({ block }) => block),
  named({ id: 'family', label: 'Family', usual: () => 'cifar', isQuiet: true }, ({ family }) => family ?? 'cifar'),
  named({ id: 'se', label: 'Squeeze and excitation', usual: () => 'none', isQuiet: true }, ({ se }) =>
    se === undefined ? 'none' : `reduction ${se}`,
  ),
  named(
    { id: 'shortcut', label: 'Shortcut', usual: () => 'identity', isQuiet: true },
    ({ shortcut }) => shortcut ?? 'identity',
  ),
  named(
    { id: 'activation', label: 'Order of activation', usual: () => OWN_ORDER, isQuiet: true },
    ({ activation }) => activation ?? OWN_ORDER,
  ),
  named(
    { id: 'activationBeforeSplit', label: 'First activation before the split', usual: () => 'no', isQuiet: true },
    ({ activationBeforeSplit }) => yesNo(activationBeforeSplit ?? false),
  ),
  fromFile({ id: 'architecture', label: 'Architecture' }, ({ name }) => name ?? 'from a file'),
  fromFile(
    { id: 'stem', label: 'Stem' },
    ({ stem }) =>
      `${stem.window} × ${stem.window}, ${stem.width} channels${stem.stride === 1 ? '' : ` /${stem.stride}`}${stem.pool ? ', pool' : ''}`,
  ),
];

/** A stage of a network from a file: `2 × basic 16, 1 × bottleneck 32 /2 SE 16`. */
function stageSetting(index: number): Setting {
  return fromFile({ id: `stage${index + 1}`, label: `Stage ${index + 1}` }, ({ stages }) => {
    const stage = stages[index];
    return stage === undefined ? null : stage.blocks.map(blockText).join(', ');
  });
}

function blockText({ repeat, kind, width, stride, expansion, shortcut, drop, se }: Block): string {
  return [
    `${repeat} × ${kind} ${width}`,
    stride === 1 ? '' : ` /${stride}`,
    expansion === undefined ? '' : ` expansion ${expansion}`,
    se === undefined ? '' : ` SE ${se}`,
    shortcut === 'identity' ? '' : ` ${shortcut}`,
    drop === 0 ? '' : ` drop ${drop}`,
  ].join('');
}

const PARAMETERS: Setting = {
  id: 'parameters',
  group: 'Network',
  label: 'Parameters',
  unit: '',
  read: ({ parameters }) => (parameters > 0 ? formatCount(parameters) : null),
  number: ({ parameters }) => parameters || null,
  usual: NONE,
  isQuiet: false,
};

/** The network of these runs, with a row for every stage that one of them has. */
export function networkSettings(runs: readonly Pick<SettingsOf, 'network'>[]): Setting[] {
  const stages = Math.max(0, ...runs.map((run) => run.network.architecture?.stages.length ?? 0));
  return [...NETWORK_SETTINGS, ...Array.from({ length: stages }, (_, index) => stageSetting(index)), PARAMETERS];
}

/** Its name as users type it: what a run's network is called where it is one setting of many. */
export const NETWORK_NAME: Setting = network({ id: 'network', label: 'Network' }, networkName);
