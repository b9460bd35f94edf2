import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { STEP_SERIES } from '../contract/frames.ts';
import { openStore } from './open.ts';
import { takeOwnership } from './ownership.ts';
import { frame, normValue, runningRun, seriesValue, temporaryFolder } from './store.fixture.ts';

const KILLS = 12;
const LAYERS = ['stem', 'stage1/conv', 'head'];

/** Owns the file, trains a run of its own without end, and prints a step only once it is confirmed. */
const WRITER = `
  const at = (name) => import(new URL(name, ${JSON.stringify(import.meta.url)}).href);
  const { takeOwnership } = await at('./ownership.ts');
  const { openStore } = await at('./open.ts');
  const { frame, runningRun } = await at('./records.fixture.ts');
  takeOwnership(process.argv[1], { shell: 'cli' });
  const store = openStore(process.argv[1]);
  store.runs.markInterrupted('killed');
  const { id, attempt } = runningRun(store, ${JSON.stringify(LAYERS)});
  let last = 0;
  process.stdout.write(id + ' 0\\n');
  for (;;) {
    last = store.steps.append(id, attempt, frame(last + 1, 1 + (last % 64), ${LAYERS.length}), last).lastStep;
    process.stdout.write(id + ' ' + last + '\\n');
  }
`;

const LOCKER = `
  const { default: SQLite } = await import('better-sqlite3');
  const database = new SQLite(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  console.log('locked');
  setTimeout(() => database.exec('COMMIT'), 700);
`;

function start(code: string, file: string): { child: ChildProcess; lines: AsyncIterable<string> } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, file], {
    cwd: new URL('.', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, lines: createInterface({ input: child.stdout }) };
}

it(`loses no confirmed step over ${KILLS} kills at random moments, and leaves no run in a wrong state`, async () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  const confirmed = new Map<number, number>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { child, lines } = start(WRITER, file);
    const gone = once(child, 'exit');
    const wait = Math.random() * 150;
    let armed = false;
    for await (const line of lines) {
      const [id, step] = line.split(' ').map(Number);
      confirmed.set(id!, step!);
      if (armed) continue;
      armed = true;
      void sleep(wait).then(() => child.kill('SIGKILL'));
    }
    await gone;
  }
  const ownership = takeOwnership(file, { shell: 'cli' });
  const store = openStore(file);
  expect(store.runs.markInterrupted('killed').length).toBe(1);
  expect(confirmed.size).toBe(KILLS);
  for (const [id, step] of confirmed) {
    const run = store.runs.get(id);
    expect(run.state).toBe('interrupted');
    expect(run.lastStep).toBeGreaterThanOrEqual(step);
    expect(run.lastStep).toBeLessThanOrEqual(step + 64);
    for (const [column, series] of STEP_SERIES.entries()) {
      const expected = Float32Array.from({ length: run.lastStep }, (_, index) => seriesValue(index + 1, column));
      expect(store.steps.readSeries(id, series).values).toEqual(expected);
    }
    if (run.lastStep > 0) {
      const norms = store.steps.readNorms(id).layers.map(({ norm }) => norm);
      expect(norms).toEqual(LAYERS.map((_, layer) => normValue(run.lastStep, layer)));
    }
    expect(store.steps.verify(id)).toEqual([]);
  }
  store.close();
  ownership.release();
});

it('waits for another program that holds the file locked for a moment', async () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  const store = openStore(file);
  const { id, attempt } = runningRun(store);
  const { child, lines } = start(LOCKER, file);
  const gone = once(child, 'exit');
  for await (const line of lines) {
    expect(line).toBe('locked');
    break;
  }
  expect(store.steps.append(id, attempt, frame(1, 3), 1).lastStep).toBe(3);
  await gone;
  store.close();
});
