/**
 * A process that trains nothing and records much: it owns the file, goes on with the run that a dead writer left (or begins
 * one), appends steps whose numbers follow from their step, writes checkpoints, and says on its standard output what is confirmed.
 * `node writer.ts FILE OPTIONS`, the options as JSON.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { recordCheckpoint } from '../../src/host/checkpoints.ts';
import { checkpointFolder, makeDurableFolder } from '../../src/host/folders.ts';
import { assemble } from '../../src/store/assemble.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open.ts';
import { takeOwnership } from '../../src/store/ownership.ts';
import { frame, newRun } from '../../src/store/records.fixture.ts';
import type { Store } from '../../src/store/store.ts';
import { writeWhole, type WrittenFile } from '../../src/trainer/checkpoint/writeFile.ts';
import { LAYERS, type WriterOptions } from './writerOptions.ts';

const MAX_FRAME_STEPS = 32;
/** How long before they are in the file a writer that `confirmsEarly` does so. */
const EARLY_MS = 20;

const file = process.argv[2]!;
const options = JSON.parse(process.argv[3]!) as WriterOptions;
const say = (line: string) => void writeSync(1, `${line}\n`);

takeOwnership(file, { shell: 'cli' });
const store = open();
store.runs.markInterrupted('killed');
const id = chooseRun();
const attempt = store.runs.startAttempt(id);
const folder = checkpointFolder(store.file, id);
makeDurableFolder(folder);
store.runs.markReady(id, attempt, {
  layers: LAYERS,
  parameters: 1,
  totalSteps: 1_000_000,
  stepsPerEpoch: 100,
  environment: [],
});
const start = newestWhole();
if (attempt > 1) store.runs.goBack(id, attempt, { step: start, text: '', cause: 'resume' });
say(`ready ${id} ${start}`);
let last = start;
for (let turn = 1; last < start + options.steps; turn += 1) {
  const count = 1 + ((turn * 7) % MAX_FRAME_STEPS);
  trying(() => append(last + 1, count));
  last += count;
  if (turn % options.framesPerCheckpoint === 0) trying(() => checkpoint(last));
}
if (options.dies) process.kill(process.pid, 'SIGKILL');
store.runs.end(id, attempt, { state: 'stopped', reason: '', measured: null });
say(`ended ${id} ${last}`);

/** A writer that does not care whether the disk took it (`ignoresErrors`) confirms all the same. */
function trying(body: () => void): void {
  try {
    body();
  } catch (error) {
    say(`error ${error instanceof Error ? error.message : String(error)}`);
    if (!options.ignoresErrors) process.exit(1);
  }
}

function append(firstStep: number, count: number): void {
  if (options.confirmsEarly) {
    say(`confirmed ${id} ${firstStep + count - 1}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EARLY_MS);
  }
  try {
    store.steps.append(id, attempt, frame(firstStep, count, LAYERS.length), firstStep);
  } finally {
    if (options.ignoresErrors) say(`confirmed ${id} ${firstStep + count - 1}`);
  }
  say(`confirmed ${id} ${firstStep + count - 1}`);
}

function checkpoint(step: number): void {
  say(`writing ${id} ${step}`);
  const content = Buffer.alloc(options.checkpointBytes, `${id} ${step} `);
  const name = `attempt-${attempt}-step-${step}.safetensors`;
  const written = options.unsyncedCheckpoints ? writeUnsynced(name, content) : writeWhole(folder, name, [content]);
  const message = { type: 'checkpoint', runId: id, attempt, step, ...written } as const;
  recordCheckpoint(store, folder, message, { keepEvery: null, checkpointBudgetBytes: null });
  say(`checkpoint ${id} ${step}`);
}

function writeUnsynced(name: string, content: Buffer): WrittenFile {
  const target = join(folder, name);
  writeFileSync(`${target}.partial`, content);
  renameSync(`${target}.partial`, target);
  return { file: target, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function open(): Store {
  if (options.synchronous === 'FULL') return openStore(file);
  const database = openDatabase(file, {}, migrations);
  database.pragma(`synchronous = ${options.synchronous}`);
  return assemble({ database, file }, null);
}

/** The run that a dead writer left, unless it has grown long: then another one. */
function chooseRun(): number {
  const [newest] = store.runs.list();
  if (newest === undefined || newest.lastStep > options.maxSteps || newest.state === 'stopped') {
    return store.runs.create(newRun()).id;
  }
  store.runs.requestResume(newest.id);
  return newest.id;
}

/** The step of the newest checkpoint whose hash holds; 0 where there is none. */
function newestWhole(): number {
  for (const { step, file: path, sha256 } of store.checkpoints.list(id)) {
    if (createHash('sha256').update(readFileSync(path)).digest('hex') === sha256) return step;
  }
  return 0;
}
