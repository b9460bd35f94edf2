import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkStore } from './checkStore.ts';
import { CUTS, Disk } from './disk.ts';
import { missingProgram } from './programs.ts';
import { createRandom } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withMemoryFolder } from './scratch.ts';
import { readCalls, STRACE } from './systemCalls.ts';
import { enter, startWriter, writerCommand, type Ledger, type WriterOptions } from './writerOptions.ts';

/** Writers of one recording; all but the last die, and the next one goes on from a checkpoint. */
const WRITERS = 3;
const STEPS = 150;

/**
 * Records what several writers do, one after the other, to their disk, and cuts the power at every call; where that gives more
 * images than wanted, at some of them, evenly.
 */
async function cutPower({ trials, seed, isOver }: Effort, options: Partial<WriterOptions>): Promise<Trials> {
  const random = createRandom(seed);
  return withMemoryFolder(async (folder) => {
    const broken: string[] = [];
    let [images, calls] = [0, 0];
    for (let recording = 1; images < trials && !isOver(); recording += 1) {
      const home = join(folder, `home-${recording}`);
      mkdirSync(home);
      const disk = new Disk(home);
      const ledger: Ledger = new Map();
      const log = await record(home, join(folder, 'strace.log'), options);
      const all = readCalls(log, home);
      const share = Math.min(1, (trials - images) / (CUTS.length * all.length));
      for (const call of all) {
        if (call.type === 'said') {
          call.text.split('\n').forEach((line) => enter(ledger, line));
          continue;
        }
        disk.apply(call);
        if (random.fraction() > share || isOver()) continue;
        calls += 1;
        for (const cut of CUTS) {
          const image = join(folder, 'image');
          mkdirSync(image);
          disk.cut(cut, random, image);
          images += 1;
          const wrong = checkStore(join(image, 'depthlab.db'), ledger);
          broken.push(...wrong.map((what) => `cut ${calls} (after ${call.type}), ${cut}: ${what}`));
          rmSync(image, { recursive: true });
        }
      }
    }
    return { trials: images, broken, figures: [`power cut at ${calls} calls, ${CUTS.join(' / ')} at each`] };
  });
}

async function record(home: string, log: string, options: Partial<WriterOptions>): Promise<string> {
  let all = '';
  for (let writer = 1; writer <= WRITERS; writer += 1) {
    const command = writerCommand(join(home, 'depthlab.db'), {
      steps: STEPS,
      framesPerCheckpoint: 3,
      checkpointBytes: 6000,
      dies: writer < WRITERS,
      ...options,
    });
    await startWriter([...STRACE, '-o', log, ...command], new Map());
    all += readFileSync(log, 'utf8');
  }
  return all;
}

const missing = () => missingProgram('strace');

export const power: ReliabilityTest = {
  name: 'power',
  promise: 'a power cut loses no confirmed step, corrupts nothing and leaves a checkpoint that can be loaded',
  counts: { short: 200, long: 5000 },
  missing,
  control: {
    what: 'synchronous = NORMAL',
    trials: 120,
    run: (effort) => cutPower(effort, { synchronous: 'NORMAL' }),
  },
  run: (effort) => cutPower(effort, {}),
};

export const powerCheckpoints: ReliabilityTest = {
  ...power,
  name: 'power-checkpoints',
  promise: 'a checkpoint that the store vouches for is whole after a power cut',
  counts: { short: 200, long: 1000 },
  control: {
    what: 'checkpoints that are renamed without being synced',
    trials: 120,
    run: (effort) => cutPower(effort, { unsyncedCheckpoints: true }),
  },
};
