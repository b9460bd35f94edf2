import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkStore } from './checkStore.ts';
import { createRandom, type Random } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';
import { startWriter, writerCommand, type Ledger, type WriterOptions } from './writerOptions.ts';

const MAX_WAIT_MS = 150;
/** A checkpoint takes about as long. */
const MAX_WRITE_MS = 4;
/** All of a store is read after each kill: it must not grow for ever. */
const KILLS_A_STORE = 25;

interface Killed {
  readonly wrong: readonly string[];
  readonly wasInCheckpoint: boolean;
  readonly checkMs: number;
}

/** Kills a writer at a random moment, of its work or (`isAtCheckpoint`) of a checkpoint's write, and judges what it left. */
async function killWriter(
  file: string,
  ledger: Ledger,
  { random, isAtCheckpoint, options }: { random: Random; isAtCheckpoint: boolean; options: Partial<WriterOptions> },
): Promise<Killed> {
  const wait = random.fraction() * (isAtCheckpoint ? MAX_WRITE_MS : MAX_WAIT_MS);
  let wasInCheckpoint = false;
  let armed = false;
  await startWriter(writerCommand(file, options), ledger, (line, child) => {
    wasInCheckpoint = line.startsWith('writing');
    if (armed || !line.startsWith(isAtCheckpoint ? 'writing' : 'ready')) return;
    armed = true;
    void sleep(wait).then(() => child.kill('SIGKILL'));
  });
  const start = performance.now();
  return { wrong: checkStore(file, ledger), wasInCheckpoint, checkMs: performance.now() - start };
}

/** Kills writers one after the other, each going on where the one before died; a quarter of them in a checkpoint's write. */
async function killWriters({ trials, seed, isOver }: Effort, options: Partial<WriterOptions>): Promise<Trials> {
  const random = createRandom(seed);
  const killed: Killed[] = [];
  let steps = 0;
  while (killed.length < trials && !isOver()) {
    await withFolder(async (folder) => {
      const ledger: Ledger = new Map();
      for (let kill = 1; kill <= KILLS_A_STORE && killed.length < trials && !isOver(); kill += 1) {
        const isAtCheckpoint = kill % 4 === 0;
        killed.push(await killWriter(join(folder, 'depthlab.db'), ledger, { random, isAtCheckpoint, options }));
      }
      for (const { step } of ledger.values()) steps += step;
    });
  }
  const figures = [
    `${steps} confirmed steps`,
    `${killed.filter(({ wasInCheckpoint }) => wasInCheckpoint).length} died while a checkpoint was written`,
    `opened, judged and read in at most ${Math.max(...killed.map(({ checkMs }) => checkMs)).toFixed(0)} ms`,
  ];
  return { trials: killed.length, broken: killed.flatMap(({ wrong }) => wrong), figures };
}

export const kill: ReliabilityTest = {
  name: 'kill',
  promise: 'kill -9 of whoever writes loses no confirmed step and no checkpoint, at any moment',
  counts: { short: 24, long: 900 },
  control: {
    what: 'a writer that confirms steps before they are in the file',
    trials: 16,
    run: (effort) => killWriters(effort, { confirmsEarly: true }),
  },
  run: (effort) => killWriters(effort, {}),
};
