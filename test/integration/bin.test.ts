import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/contract/run.ts';
import { run, runJson, start, temporaryFolder, TINY } from './commandLine.ts';

const ids = (json: Record<string, unknown>) => (json['runs'] as RunRow[]).map(({ id }) => id);
const checkpointsOf = (folder: string, id: number) =>
  join(folder, 'depthlab-checkpoints', `run-${String(id).padStart(6, '0')}`);

/** Deletes, restores and purges the runs 1 and 2, whoever has the database open. */
async function binAndPurge(folder: string): Promise<void> {
  const bad = await runJson(folder, 'runs', 'delete', '1', '99');
  expect([bad.code, bad.json['error']]).toEqual([2, expect.objectContaining({ message: 'There is no run 99' })]);
  expect(ids((await runJson(folder, 'runs', 'list', '--deleted')).json)).toEqual([]);

  expect((await runJson(folder, 'runs', 'delete', '1', '2')).json).toEqual({ deleted: [1, 2] });
  expect((await runJson(folder, 'runs', 'restore', '2')).json).toEqual({ restored: [2] });
  const shown = await run(folder, 'runs', 'purge', '1', '2', '--yes');
  expect([shown.code, shown.stderr]).toEqual([1, expect.stringContaining('depthlab runs delete 2')]);
  const unasked = await run(folder, 'runs', 'purge', '1');
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('Add --yes')]);
  expect((await run(folder, 'runs', 'purge', '--yes')).code).toBe(2);

  expect(existsSync(checkpointsOf(folder, 1))).toBe(true);
  const { json } = await runJson(folder, 'runs', 'purge', '1', '--yes');
  expect(json).toMatchObject({ runIds: [1], studyIds: [], checkpoints: 1 });
  expect(json['checkpointBytes']).toBeGreaterThan(77_754 * 4);
  expect(json['databaseBytes']).toBeGreaterThanOrEqual(0);
  expect(existsSync(checkpointsOf(folder, 1))).toBe(false);
  expect((await run(folder, 'runs', 'show', '1')).stderr).toContain('There is no run 1');
  expect((await run(folder, 'runs', 'restore', '1')).stderr).toContain('There is no run 1');

  expect((await run(folder, 'runs', 'delete', '2')).stdout).toContain('"depthlab runs restore 2"');
  expect((await runJson(folder, 'runs', 'purge', '--all', '--yes')).json).toMatchObject({ runIds: [2] });
  expect((await run(folder, 'runs', 'purge', '--all', '--yes')).stdout).toContain('The bin is empty');
}

async function trainTwo(folder: string): Promise<void> {
  for (const _ of [1, 2]) expect((await run(folder, ...TINY)).code).toBe(0);
}

describe('the bin on the command line', () => {
  it('takes a study, gives it back, and purges it with its runs', async () => {
    const folder = temporaryFolder();
    const study = [
      'study',
      '--versions',
      'v2',
      '--depths',
      '8',
      '--seeds',
      '1',
      '--batch-size',
      '16',
      '--max-steps',
      '3',
    ];
    expect((await run(folder, ...study)).code).toBe(0);
    const there = await run(folder, 'study', 'purge', '1', '--yes');
    expect([there.code, there.stderr]).toEqual([1, expect.stringContaining('depthlab study delete 1')]);
    const unknown = await run(folder, 'study', 'purge', '9', '--yes');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no study 9')]);

    expect((await run(folder, 'study', 'delete', '1')).stdout).toContain('"depthlab study restore 1"');
    expect((await runJson(folder, 'study', 'restore', '1')).json).toEqual({ restored: 1 });
    expect((await runJson(folder, 'study', 'delete', '1')).json).toEqual({ deleted: 1 });
    const purged = await run(folder, 'study', 'purge', '1', '--yes');
    expect(purged).toMatchObject({ code: 0, stderr: '' });
    expect(purged.stdout).toMatch(
      /^Purged 1 study and 1 run\.\n {2}1 checkpoint: [\d.]+ [kM]B free on the disk\n {2}[\d.]+ k?B free/,
    );
    expect(existsSync(checkpointsOf(folder, 1))).toBe(false);
  });

  it('is filled, emptied and purged alone', async () => {
    const folder = temporaryFolder();
    await trainTwo(folder);
    await binAndPurge(folder);
  });

  it('is filled, emptied and purged while another application trains, whose run stays out of it', async () => {
    const folder = temporaryFolder();
    await trainTwo(folder);
    const training = start(folder, 'train', '--arch', 'resnet_v2_8', '--epochs', '5000', '--json');
    await training.said(/step [1-9]/);
    const busy = await run(folder, 'runs', 'delete', '2', '3');
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining('Run 3 is running and cannot go to the bin')]);
    await binAndPurge(folder);
    expect(ids((await runJson(folder, 'runs', 'list')).json)).toEqual([3]);
    training.child.kill('SIGINT');
    expect((await training.ended).code).toBe(130);
  });
});
