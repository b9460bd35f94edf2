import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { CheckpointRow, RunEvent, RunRow } from '../../src/contract/run.ts';
import { runJson, start } from '../integration/commandLine.ts';
import { smallDisk, whyNoSmallDisk } from './smallDisk.ts';

const refused = whyNoSmallDisk();
if (refused !== null) process.stderr.write(`The tests of a full disk are left out: no small disk (${refused})\n`);

const MEGABYTE = 2 ** 20;
const train = (depth: number, steps: number) => [
  'train',
  ...['--arch', `resnet_v2_${depth}`, '--batch-size', '16', '--epochs', '100', '--max-steps', String(steps), '--json'],
];

async function rowOf(folder: string): Promise<RunRow> {
  const { json } = await runJson(folder, 'runs', 'list');
  return (json['runs'] as RunRow[])[0]!;
}

/** Looks at the run as another program does until it rests. */
async function resting(folder: string): Promise<RunRow> {
  for (let tries = 0; tries < 60; tries += 1) {
    const row = await rowOf(folder);
    if (row.state === 'paused') return row;
    if (row.state !== 'running') throw new Error(`The run is ${row.state}: ${row.reason}`);
  }
  throw new Error('The run does not rest');
}

/** What the file says of the run after its end. */
async function recorded(folder: string) {
  const { json } = await runJson(folder, 'runs', 'show', '1', '--series', 'loss');
  const { loss } = json['series'] as { loss: { firstStep: number; values: number[] } };
  const states = (json['events'] as RunEvent[]).filter(({ kind }) => kind === 'state').map(({ text }) => text);
  return { run: json['run'] as RunRow, loss, states, checkpoints: json['checkpoints'] as CheckpointRow[] };
}

describe.skipIf(refused !== null)('a full disk', () => {
  it('lets a run rest that logs its steps, says why, and lets it finish with every step once', async () => {
    const { folder, fill, free } = smallDisk(64);
    const ballast = join(folder, 'depthlab.db.ballast');
    const training = start(folder, ...train(8, 1500));
    await training.said(/step [1-9]/);
    expect(statSync(ballast).size).toBe(16 * MEGABYTE);
    fill(0);
    const row = await resting(folder);
    expect(row.isHeld).toBe(true);
    expect(row.reason).toMatch(/^The disk is full: the database could not be written\. .*Training goes on by itself/);
    expect(existsSync(ballast)).toBe(false);
    expect(await rowOf(folder)).toMatchObject({ state: 'paused', lastStep: row.lastStep });
    free();
    const { code, stderr } = await training.ended;
    expect(code, stderr).toBe(0);
    const { run, loss, states, checkpoints } = await recorded(folder);
    expect(run).toMatchObject({ state: 'finished', lastStep: 1500 });
    expect(loss.firstStep).toBe(1);
    expect(loss.values).toHaveLength(1500);
    expect(loss.values.every(Number.isFinite)).toBe(true);
    expect(states).toEqual(['preparing', 'running', `paused: ${row.reason}`, 'running', 'finished']);
    expect(checkpoints[0]).toMatchObject({ step: 1500 });
    expect(statSync(ballast).size).toBe(16 * MEGABYTE);
    const database = new SQLite(join(folder, 'depthlab.db'), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });

  it('lets a run rest whose checkpoint does not fit, until it does', async () => {
    const { folder, fill, free } = smallDisk(64);
    const training = start(folder, ...train(56, 40));
    await training.said(/step [1-9]/);
    fill(4 * MEGABYTE);
    const row = await resting(folder);
    expect(row.reason).toMatch(/^The checkpoint cannot be written: the disk is full\. Training goes on by itself/);
    free();
    const { code, stderr } = await training.ended;
    expect(code, stderr).toBe(0);
    const { run, states, checkpoints } = await recorded(folder);
    expect(run).toMatchObject({ state: 'finished', lastStep: 40 });
    expect(states).toEqual(['preparing', 'running', `paused: ${row.reason}`, 'running', 'finished']);
    expect(checkpoints).toHaveLength(1);
    expect(statSync(checkpoints[0]!.file).size).toBe(checkpoints[0]!.bytes);
  });

  it('lets a run end at once that is asked to, with a warning that its checkpoint is missing', async () => {
    const { folder, fill, free } = smallDisk(64);
    const training = start(folder, ...train(56, 40));
    await training.said(/step [1-9]/);
    fill(4 * MEGABYTE);
    await resting(folder);
    training.child.kill('SIGINT');
    expect((await training.ended).code).toBe(0);
    free();
    const { json } = await runJson(folder, 'runs', 'show', '1');
    expect(json).toMatchObject({ run: { state: 'finished', lastStep: 40 }, checkpoints: [] });
    expect((json['events'] as RunEvent[]).filter(({ kind }) => kind === 'warning').map(({ text }) => text)).toEqual([
      'The checkpoint cannot be written: the disk is full (after step 40)',
    ]);
  });

  it('is one: a program that does not wait for space ends there (negative control)', () => {
    const { folder, fill } = smallDisk(8);
    const database = new SQLite(join(folder, 'other.db'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE rows (bytes BLOB)');
    fill(0);
    const insert = database.prepare('INSERT INTO rows VALUES (zeroblob(100000))');
    expect(() => insert.run()).toThrow('database or disk is full');
    database.close();
  });
});
