import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../store/store.fixture.ts';
import { openApplication } from './application.ts';

/** A host on a new database, on a machine that starts no trainer. */
async function openHost() {
  const application = await openApplication({
    databaseFile: join(temporaryFolder(), 'depthlab.db'),
    resourcesFolder: join(import.meta.dirname, '../../resources'),
    launcher: { launch: () => Promise.reject(new Error('no process can be forked')) },
    shell: 'cli',
    capabilities: { saveDialog: false, showInFolder: false },
    showFile: () => undefined,
  });
  onTestFinished(() => application.close());
  return application.api;
}

describe('data sets', () => {
  it('are listed with their source and licence', async () => {
    const [digits] = await (await openHost())['data.list']({});
    expect(digits).toMatchObject({ name: 'digits', trainImages: 1437, licence: 'CC BY 4.0' });
  });

  it('show some of their images, of all classes and with pixels up to white', async () => {
    const { input, images, labels } = await (await openHost())['data.samples']({ name: 'digits', count: 100 });
    expect(images).toHaveLength(100 * input.height * input.width * input.channels);
    expect(Math.max(...images)).toBe(255);
    expect(new Set(labels).size).toBe(10);
  });

  it('are refused where unknown, with the names of those known', async () => {
    const api = await openHost();
    const refusal = {
      code: 'bad-input',
      where: 'data',
      hint: 'Known data sets: digits; add one of your own with "depthlab data add"',
    };
    await expect(api['data.samples']({ name: 'digit', count: 1 })).rejects.toMatchObject(refusal);
    const network = { version: 'v2' as const, depth: 8 };
    await expect(api['networks.describe']({ network, data: 'digit' })).rejects.toMatchObject(refusal);
    await expect(api['runs.create']({ network, data: 'digit' })).rejects.toMatchObject(refusal);
  });
});

describe('a request', () => {
  it('that asks for no possible network names its field', async () => {
    const api = await openHost();
    const network = { version: 'v2' as const, depth: 21 };
    const inRun = { code: 'bad-input', where: 'network.depth', hint: 'The nearest depths are 20 and 26' };
    await expect(api['runs.create']({ network })).rejects.toMatchObject(inRun);
    await expect(api['networks.describe']({ network, data: 'digits' })).rejects.toMatchObject(inRun);
    await expect(api['studies.create']({ depths: [8, 21] })).rejects.toMatchObject({ ...inRun, where: 'depths' });
    expect(await api['runs.list']({})).toEqual([]);
  });

  it('for too many runs, or for seeds past the last one, leaves no run behind', async () => {
    const api = await openHost();
    const depths = Array.from({ length: 20 }, (_, index) => 6 * index + 8);
    await expect(api['studies.create']({ depths, seeds: 1000 })).rejects.toMatchObject({ where: 'seeds' });
    const recipe = { seed: 2 ** 31 - 1 };
    await expect(api['studies.create']({ recipe, seeds: 2 })).rejects.toMatchObject({ where: 'recipe.seed' });
    expect(await api['runs.list']({})).toEqual([]);
  });
});

describe('a study', () => {
  it('queues its runs seed by seed, shallow networks first', async () => {
    const api = await openHost();
    const { runIds } = await api['studies.create']({ depths: [14, 8], seeds: 2 });
    const runs = await Promise.all(runIds.map(async (id) => (await api['runs.get']({ id })).run));
    expect(runs.map(({ name }) => name)).toEqual([
      'resnet_v1_8 seed 1',
      'resnet_v2_8 seed 1',
      'resnet_v1_14 seed 1',
      'resnet_v2_14 seed 1',
      'resnet_v1_8 seed 2',
      'resnet_v2_8 seed 2',
      'resnet_v1_14 seed 2',
      'resnet_v2_14 seed 2',
    ]);
    expect(runs[0]).toMatchObject({ totalSteps: 105, stepsPerEpoch: 21, network: { block: 'basic' } });
  });

  it('says of each run why no trainer could be started, and goes on with the next', async () => {
    const api = await openHost();
    const { runIds } = await api['studies.create']({ depths: [8], seeds: 1 });
    await expect
      .poll(async () => (await api['runs.list']({})).map(({ state, reason }) => `${state}: ${reason}`))
      .toEqual(runIds.map(() => 'failed: The trainer cannot be started: no process can be forked'));
  });
});

describe('published figures', () => {
  it('can all be read, and those of one data set alone', async () => {
    const api = await openHost();
    const all = await api['references.list']({});
    expect(all.length).toBeGreaterThan(10);
    const data = all[0]!.data;
    const some = await api['references.list']({ data });
    expect(some).toEqual(all.filter((one) => one.data === data));
    expect(await api['references.list']({ data: 'digits' })).toEqual([]);
  });
});
