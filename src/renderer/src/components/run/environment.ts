import type { EnvironmentEntry } from '../../../../contract/run.ts';
import { formatBytes } from '../../format.ts';

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

/** What a run was trained on, with names and units for reading; an entry without a known name keeps its own. */
export function environmentRows(entries: readonly EnvironmentEntry[]): EnvironmentEntry[] {
  const order = Object.keys(NAMES);
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...entries]
    .sort((one, other) => rank(one.name) - rank(other.name))
    .map(({ name, value }) => ({
      name: NAMES[name] ?? name,
      value: name === 'memoryBytes' && Number.isFinite(Number(value)) ? formatBytes(Number(value)) : value,
    }));
}
