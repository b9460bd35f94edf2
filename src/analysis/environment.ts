import type { EnvironmentEntry } from '../contract/run.ts';
import { formatBytes } from './quantity.ts';

/** The names under which the trainer records its surroundings, in reading order, as people call them. */
const NAMES: Readonly<Record<string, string>> = {
  depthlab: 'Depthlab',
  tensorflow: 'TensorFlow',
  node: 'Node.js',
  electron: 'Electron',
  device: 'Device',
  gpu: 'GPU',
  processor: 'Processor',
  cores: 'Cores',
  threads: 'Threads',
  memoryBytes: 'Memory',
  system: 'System',
  host: 'Host',
  gitCommit: 'Git commit',
  gitTree: 'Git working tree',
};

const ORDER = Object.keys(NAMES);

/** What an entry is called; one without a known name keeps its own. */
export function environmentLabel(name: string): string {
  return NAMES[name] ?? name;
}

/** What an entry says, with its unit. */
export function environmentText({ name, value }: EnvironmentEntry): string {
  return name === 'memoryBytes' && Number.isFinite(Number(value)) ? formatBytes(Number(value)) : value;
}

/** For sorting names into reading order, those that are not known last. */
export function environmentRank(name: string): number {
  return ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
}

/** What a run was trained on, with names and units for reading. */
export function environmentRows(entries: readonly EnvironmentEntry[]): EnvironmentEntry[] {
  return entries
    .toSorted((one, other) => environmentRank(one.name) - environmentRank(other.name))
    .map((entry) => ({ name: environmentLabel(entry.name), value: environmentText(entry) }));
}
