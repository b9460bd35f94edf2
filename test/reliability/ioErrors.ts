import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkStore } from './checkStore.ts';
import { missingProgram } from './programs.ts';
import { createRandom } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withMemoryFolder } from './scratch.ts';
import { startWriter, writerCommand, type Ledger, type WriterOptions } from './writerOptions.ts';

const FAULTS = ['posix/io/rw/pwrite', 'posix/io/sync/fsync', 'posix/io/rw/*', 'posix/io/sync/*'];
const PROBABILITIES = [0.01, 0.03, 0.1, 0.3];

const STEPS = 1500;

/**
 * Writers whose disk fails now and then, each on a store of its own: for a third of them from the first call on, for the others once
 * they are at work.
 */
async function failingDisks({ trials, seed, isOver }: Effort, options: Partial<WriterOptions>): Promise<Trials> {
  const random = createRandom(seed);
  const broken: string[] = [];
  const kinds = new Set<string>();
  let trial = 1;
  let [said, unharmed, unopened] = [0, 0, 0];
  for (; trial <= trials && !isOver(); trial += 1) {
    await withMemoryFolder(async (folder) => {
      const file = join(folder, 'depthlab.db');
      const ledger: Ledger = new Map();
      const size = { framesPerCheckpoint: 3, checkpointBytes: 6000 };
      const fault = `enable_random name=${random.pick(FAULTS)},probability=${random.pick(PROBABILITIES)}`;
      const fromStart = trial % 3 === 0;
      const faults = ['-c', fault];
      const command = writerCommand(file, { ...size, steps: STEPS, ...options });
      let failure = '';
      const { code } = await startWriter(
        ['fiu-run', '-x', ...(fromStart ? faults : []), ...command],
        ledger,
        (line, child) => {
          if (line.startsWith('error')) failure = line.slice('error '.length);
          if (line.startsWith('ready') && !fromStart) spawn('fiu-ctrl', [...faults, String(child.pid)]);
        },
      );
      if (failure !== '') said += 1;
      else if (code === 0) unharmed += 1;
      else unopened += 1;
      if (failure !== '') kinds.add(failure.replace(/[(:].*/, '').trim());
      broken.push(...checkStore(file, ledger).map((what) => `${fault}: ${what}`));
    });
  }
  const figures = [
    `${said} writers said what the disk refused, ${unharmed} met no fault, ${unopened} could not open the store`,
    ...[...kinds].slice(0, 6).map((kind) => `said: ${kind}`),
  ];
  return { trials: trial - 1, broken, figures };
}

export const ioErrors: ReliabilityTest = {
  name: 'io-errors',
  promise: 'writes and syncs that fail are told, and the store is whole afterwards',
  counts: { short: 12, long: 1000 },
  missing: () => missingProgram('fiu-run', 'fiu-utils'),
  control: {
    what: 'a writer that confirms whatever the disk says',
    trials: 10,
    run: (effort) => failingDisks(effort, { ignoresErrors: true }),
  },
  run: (effort) => failingDisks(effort, {}),
};
