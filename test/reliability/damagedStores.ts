import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/contract/errors.ts';
import { STEP_SERIES } from '../../src/contract/frames.ts';
import { toBytes } from '../../src/store/chunks.ts';
import { openStore } from '../../src/store/open.ts';
import { frame, runningRun } from '../../src/store/records.fixture.ts';
import type { Store } from '../../src/store/store.ts';
import { DAMAGES, damaged } from './damage.ts';
import { createRandom } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withMemoryFolder } from './scratch.ts';

const STEPS = 1500;

/** Every per-step number of the run, and the maps that are read from stored maxima. */
function numbersOf(store: Store, id: number): Buffer {
  const series = STEP_SERIES.map((name) => toBytes(store.steps.readSeries(id, name).values));
  const maps = [STEPS, 150, 16].map((columns) =>
    toBytes(store.steps.readFlowMap(id, 'gradientNorm', { columns }).values),
  );
  return Buffer.concat([...series, ...maps]);
}

/** The rest of what is known of the run: no hash guards it. */
const rowsOf = (store: Store, id: number) => JSON.stringify(store.runs.detail(id));

/** Damages a store again and again. Without `verifies`, whatever can be read is believed. */
async function damageStores({ trials, seed }: Effort, verifies: boolean): Promise<Trials> {
  const random = createRandom(seed);
  return withMemoryFolder((folder) => {
    const original = join(folder, 'original.db');
    const store = openStore(original);
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, STEPS), 1);
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    const [numbers, rows] = [numbersOf(store, id), rowsOf(store, id)];
    store.close();
    const whole = readFileSync(original);
    const file = join(folder, 'depthlab.db');
    const found = { refused: 0, right: 0, byHash: 0, otherRows: 0 };
    const broken: string[] = [];

    const meet = (how: string) => {
      const open = openStore(file, { readOnly: true });
      try {
        const [values, texts] = [numbersOf(open, id), rowsOf(open, id)];
        if (values.equals(numbers)) found.right += 1;
        else if (verifies && open.steps.verify(id).length > 0) found.byHash += 1;
        else broken.push(`${how}: other numbers, and nothing says so`);
        if (texts !== rows) found.otherRows += 1;
      } finally {
        open.close();
      }
    };

    for (let trial = 0; trial < trials; trial += 1) {
      const how = DAMAGES[trial % DAMAGES.length]!;
      const bytes = damaged(whole, how, random);
      writeFileSync(file, bytes);
      try {
        meet(how);
      } catch (error) {
        if (error instanceof UserError) found.refused += 1;
        else broken.push(`${how}: ${String(error)}`);
      }
      if (!readFileSync(file).equals(bytes)) broken.push(`${how}: the damaged file was changed`);
      for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
    }
    const figures = [
      `${found.refused} refused, ${found.byHash} found by a segment's hash, ${found.right} with the right numbers`,
      `${found.otherRows} with another text or number in the rows that no hash guards (names, events, results)`,
    ];
    return { trials, broken, figures };
  });
}

export const damagedStores: ReliabilityTest = {
  name: 'corrupt-stores',
  promise: 'a damaged database never gives a wrong per-step number unnoticed, and keeps its bytes',
  counts: { short: 100, long: 1000 },
  control: {
    what: 'segments whose hash nobody recomputes',
    trials: 100,
    run: (effort) => damageStores(effort, false),
  },
  run: (effort) => damageStores(effort, true),
};
