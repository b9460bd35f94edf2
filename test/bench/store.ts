import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { decimate } from '../../src/analysis/decimate.ts';
import { STEP_SERIES, type StepFrame } from '../../src/contract/frames.ts';
import { openStore } from '../../src/store/open.ts';
import { frame, runningRun } from '../../src/store/records.fixture.ts';
import type { BenchOptions, BenchRow } from './row.ts';

export const name = 'store';

const NAIVE = 'a row per value';
/** Parameter tensors of ResNet-8 and ResNet-1001. */
const SMALL_LAYERS = 31;
const LARGE_LAYERS = 3005;
const PIXELS = 1000;

/** Writing and reading per-step results, against a table with a row per value under the same pragmas. */
export function run({ quick }: BenchOptions): Promise<BenchRow[]> {
  const rounds = quick ? 1 : 3;
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-bench-'));
  try {
    return Promise.resolve([
      ...writing(
        folder,
        { title: 'ResNet-8, frames of 16', layers: SMALL_LAYERS, steps: quick ? 800 : 8000, count: 16 },
        rounds,
      ),
      ...writing(
        folder,
        { title: 'ResNet-1001, frames of 1', layers: LARGE_LAYERS, steps: quick ? 40 : 1000, count: 1 },
        rounds,
      ),
      ...readingCurve(folder, quick ? 8000 : 64_000),
      ...readingNorms(folder, quick ? 200 : 4000),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Load {
  readonly title: string;
  readonly layers: number;
  readonly steps: number;
  readonly count: number;
}

function writing(folder: string, { title, layers, steps, count }: Load, rounds: number): BenchRow[] {
  const frames = Array.from({ length: Math.floor(steps / count) }, (_, index) =>
    frame(1 + index * count, count, layers),
  );
  const fewer = frames.slice(0, Math.ceil(frames.length / 10));
  const [chunked, naive] = inTurns(rounds, [
    () =>
      withRun(folder, layers, (store, id, attempt) =>
        seconds(() => frames.forEach((sent) => store.steps.append(id, attempt, sent, 1))),
      ) / frames.length,
    () =>
      naiveTable(folder, (database) => {
        const append = naiveAppend(database, layers);
        return seconds(() => fewer.forEach(append));
      }) / fewer.length,
  ]);
  const ratioTo = { name: NAIVE, value: naive / chunked };
  const note = 'each frame one synced transaction; packing and hashing of segments included';
  return [
    { name: `${title}: frames written`, value: 1 / chunked, unit: 'frames/s', ratioTo, note },
    { name: `${title}: norm vectors written`, value: count / chunked, unit: 'vectors/s' },
    { name: `${title}: values written`, value: (count * (layers + STEP_SERIES.length)) / chunked, unit: 'values/s' },
    { name: `${title}: cost of recording a step`, value: (chunked / count) * 1000, unit: 'ms' },
  ];
}

function readingCurve(folder: string, steps: number): BenchRow[] {
  const [chunked, naive] = withRun(folder, 1, (store, id, attempt) => {
    for (let first = 1; first <= steps; first += 1000) store.steps.append(id, attempt, frame(first, 1000, 1), 1);
    return naiveTable(folder, (database) => {
      const append = naiveAppend(database, 0);
      for (let first = 1; first <= steps; first += 1000) append(frame(first, 1000, 0));
      const select = database
        .prepare<[number], number>('SELECT value FROM series WHERE run = 1 AND name = ? ORDER BY step')
        .pluck();
      return inTurns(9, [
        () => seconds(() => store.steps.readCurve(id, 'loss', { pixels: PIXELS })),
        () => seconds(() => decimate(1, Float32Array.from(select.all(0)), PIXELS)),
      ]);
    });
  });
  const ratioTo = { name: NAIVE, value: naive / chunked };
  return [{ name: `curve of ${steps} steps at ${PIXELS} pixels`, value: chunked * 1000, unit: 'ms', ratioTo }];
}

function readingNorms(folder: string, steps: number): BenchRow[] {
  return withRun(folder, LARGE_LAYERS, (store, id, attempt) => {
    for (let first = 1; first <= steps; first += 100) {
      store.steps.append(id, attempt, frame(first, 100, LARGE_LAYERS), 1);
    }
    const [map, profile] = inTurns(5, [
      () => seconds(() => store.steps.readFlowMap(id, 'gradientNorm', { columns: 200 })),
      () => seconds(() => store.steps.readNorms(id, Math.floor(steps / 2))),
    ]);
    return [
      { name: `norm map of ${LARGE_LAYERS} layers x ${steps} steps in 200 columns`, value: map * 1000, unit: 'ms' },
      { name: `all norms of one step, ${LARGE_LAYERS} layers`, value: profile * 1000, unit: 'ms' },
    ];
  });
}

function withRun<Result>(
  folder: string,
  layers: number,
  body: (store: ReturnType<typeof openStore>, id: number, attempt: number) => Result,
): Result {
  const file = join(folder, 'store.db');
  const store = openStore(file);
  try {
    const names = Array.from({ length: layers }, (_, layer) => `layer${layer}`);
    const { id, attempt } = runningRun(store, names);
    return body(store, id, attempt);
  } finally {
    store.close();
    rmSync(file);
  }
}

function naiveTable<Result>(folder: string, body: (database: InstanceType<typeof SQLite>) => Result): Result {
  const file = join(folder, 'naive.db');
  const database = new SQLite(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec(
      `CREATE TABLE series (run INTEGER, step INTEGER, name INTEGER, value REAL, PRIMARY KEY (run, name, step)) WITHOUT ROWID;
       CREATE TABLE norms (run INTEGER, step INTEGER, layer INTEGER, value REAL, PRIMARY KEY (run, step, layer)) WITHOUT ROWID;`,
    );
    return body(database);
  } finally {
    database.close();
    rmSync(file);
  }
}

function naiveAppend(database: InstanceType<typeof SQLite>, layers: number): (sent: StepFrame) => void {
  const insertSeries = database.prepare('INSERT INTO series VALUES (1, ?, ?, ?)');
  const insertNorm = database.prepare('INSERT INTO norms VALUES (1, ?, ?, ?)');
  return database.transaction((sent: StepFrame) => {
    for (let row = 0; row < sent.count; row += 1) {
      const step = sent.firstStep + row;
      for (let series = 0; series < STEP_SERIES.length; series += 1) {
        insertSeries.run(step, series, sent.series[row * STEP_SERIES.length + series]);
      }
      for (let layer = 0; layer < layers; layer += 1) insertNorm.run(step, layer, sent.norms[row * layers + layer]);
    }
  });
}

function seconds(body: () => void): number {
  const start = process.hrtime.bigint();
  body();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The medians of two measurements that take turns, so that both meet the machine in the same state. */
function inTurns(rounds: number, measurements: readonly [() => number, () => number]): [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(measurements[0]());
    times[1].push(measurements[1]());
  }
  return [median(times[0]), median(times[1])];
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)]!;
}
