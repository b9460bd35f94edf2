import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LossSurface } from '../../src/contract/lossSurface.ts';
import { run, runJson, start, temporaryFolder, TINY } from './commandLine.ts';

async function trainedRun(folder: string, ...words: string[]): Promise<string> {
  const { json } = await runJson(folder, ...TINY, ...words);
  return String(json['runId']);
}

async function surfacesOf(folder: string, ...words: string[]): Promise<({ runId: number } & LossSurface)[]> {
  const { json, code, stderr } = await runJson(folder, 'loss-surface', ...words);
  expect(code, stderr).toBe(0);
  return json['surfaces'] as ({ runId: number } & LossSurface)[];
}

/** Processes that a process has started, on Linux. */
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('loss-surface', () => {
  it("has the checkpoint's evaluated loss at its centre, and the same numbers from the same seed", async () => {
    const folder = temporaryFolder();
    const id = await trainedRun(folder);
    const { json: evaluated } = await runJson(folder, 'evaluate', '--run', id);
    const words = [id, '--size', '5', '--images', '360', '--part', 'test'];
    const [surface] = await surfacesOf(folder, ...words);
    expect(surface).toMatchObject({ runId: Number(id), step: 3, images: 360, part: 'test', data: 'digits' });
    expect(surface!.coordinates).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(surface!.loss[2]![2]! / Number(evaluated['loss'])).toBeCloseTo(1, 5);
    expect(surface!.accuracy[2]![2]).toBe((evaluated['accuracy'] as { fraction: number }).fraction);
    expect(new Set(surface!.loss.flat()).size).toBe(25);
    const [again] = await surfacesOf(folder, ...words);
    expect(again).toEqual(surface);
    const [other] = await surfacesOf(folder, ...words, '--seed', '1');
    expect(other!.loss[2]![2]! / surface!.loss[2]![2]!).toBeCloseTo(1, 6);
    expect(other!.loss[0]![0]).not.toBe(surface!.loss[0]![0]);
  });

  it.each([
    ['scales the branches of stochastic depth', '--stochastic-depth', '0.5'],
    ['takes the moving average of the weights', '--weight-average', '0.5'],
  ])('%s as the run itself and evaluate do', async (_, ...words) => {
    const folder = temporaryFolder();
    const { json: trained } = await runJson(folder, ...TINY, ...words);
    const id = String(trained['runId']);
    const { json: evaluated } = await runJson(folder, 'evaluate', '--run', id);
    expect(Number(evaluated['loss']) / Number(trained['testLoss'])).toBeCloseTo(1, 5);
    const [surface] = await surfacesOf(folder, id, '--size', '3', '--images', '360', '--part', 'test');
    expect(surface!.loss[1]![1]! / Number(trained['testLoss'])).toBeCloseTo(1, 5);
  });

  it('takes a smaller part of the same plane with a smaller range', async () => {
    const folder = temporaryFolder();
    const id = await trainedRun(folder);
    const words = [id, '--images', '32'];
    const [wide] = await surfacesOf(folder, ...words, '--size', '5');
    const [narrow] = await surfacesOf(folder, ...words, '--size', '3', '--range', '0.5');
    expect(narrow!.loss).toEqual([1, 2, 3].map((row) => wide!.loss[row]!.slice(1, 4)));
  });

  it('writes every point of two runs into one CSV file', async () => {
    const folder = temporaryFolder();
    const ids = [await trainedRun(folder), await trainedRun(folder, '--arch', 'resnet_v1_8')];
    const file = join(folder, 'surface.csv');
    const { code, stdout } = await run(folder, 'loss-surface', ...ids, '--size', '3', '--images', '16', '--csv', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/resnet_v1_8[^]*written to/);
    const lines = readFileSync(file, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(1 + 2 * 9);
    expect(lines[1]).toMatch(new RegExp(`^${ids[0]},"resnet_v2_8",3,16,"train",0,-1,-1,`));
  });

  it.runIf(process.platform === 'linux')('ends its process when it is cancelled', async () => {
    const folder = temporaryFolder();
    const id = await trainedRun(folder);
    const command = start(folder, 'loss-surface', id, '--size', '201', '--images', '1437');
    await command.said(/Points of the loss surface/);
    const children = childrenOf(command.child.pid!);
    expect(children.length).toBeGreaterThan(0);
    command.child.kill('SIGINT');
    const { code, stderr } = await command.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cancelled/);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('says what it cannot do', async () => {
    const folder = temporaryFolder();
    const id = await trainedRun(folder);
    const even = await run(folder, 'loss-surface', id, '--size', '4');
    expect(even).toMatchObject({ code: 2 });
    expect(even.stderr).toMatch(/is odd/);
    const none = await run(folder, 'loss-surface', '99');
    expect(none).toMatchObject({ code: 2 });
  });
});
