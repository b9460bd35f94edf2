import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkStore } from './checkStore.ts';
import { createRandom } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';
import { startWriter, writerCommand, type Ledger, type WriterOptions } from './writerOptions.ts';

const MAX_WAIT_MS = 150;
/** A checkpoint takes about as long. */
const MAX_WRITE_MS = 4;

/** Kills writers one after the other on one store, a quarter of them in the midst of a checkpoint's write. */
async function killWriters({ trials, seed, isOver }: Effort, options: Partial<WriterOptions>): Promise<Trials> {
  const random = createRandom(seed);
  return withFolder(async (folder) => {
    const file = join(folder, 'depthlab.db');
    const ledger: Ledger = new Map();
    const broken: string[] = [];
    let [kills, worstMs] = [0, 0];
    let inCheckpoint = 0;
    for (; kills < trials && !isOver();) {
      const kill = (kills += 1);
      const isAtCheckpoint = kill % 4 === 0;
      const wait = random.fraction() * (isAtCheckpoint ? MAX_WRITE_MS : MAX_WAIT_MS);
      let writing = false;
      let armed = false;
      await startWriter(writerCommand(file, options), ledger, (line, child) => {
        writing = line.startsWith('writing');
        if (armed || !line.startsWith(isAtCheckpoint ? 'writing' : 'ready')) return;
        armed = true;
        void sleep(wait).then(() => child.kill('SIGKILL'));
      });
      if (writing) inCheckpoint += 1;
      const start = performance.now();
      broken.push(...checkStore(file, ledger).map((what) => `kill ${kill}: ${what}`));
      worstMs = Math.max(worstMs, performance.now() - start);
    }
    const steps = [...ledger.values()].reduce((sum, { step }) => sum + step, 0);
    const figures = [
      `${steps} confirmed steps in ${ledger.size} runs`,
      `${inCheckpoint} died while a checkpoint was written`,
      `opened, judged and read in at most ${worstMs.toFixed(0)} ms`,
    ];
    return { trials: kills, broken, figures };
  });
}

export const kill: ReliabilityTest = {
  name: 'kill',
  promise: 'kill -9 of whoever writes loses no confirmed step and no checkpoint, at any moment',
  counts: { short: 20, long: 900 },
  control: {
    what: 'a writer that confirms steps before they are in the file',
    trials: 12,
    run: (effort) => killWriters(effort, { confirmsEarly: true }),
  },
  run: (effort) => killWriters(effort, {}),
};
