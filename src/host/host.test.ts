import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bin } from '../contract/bin.ts';
import { contract, type ArgumentsOf } from '../contract/contract.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { createClient, type Api } from '../link/rpc.ts';
import type { ToClient, ToServer } from '../link/wire.ts';
import { temporaryFolder } from '../store/store.fixture.ts';
import { openApplication, type Application, type Stay } from './application.ts';
import { checkpointFolder } from './folders.ts';
import { forkChild } from './forkLauncher.ts';
import type { Launcher } from './launcher.ts';
import { ownerAddress } from './ownerSocket.ts';

const TASK = join(import.meta.dirname, '../trainer/task/main.ts');

/** A host, on a machine that starts no process but those given. */
async function openOn(databaseFile: string, launcher: Partial<Launcher> = {}, stay: Stay = {}): Promise<Application> {
  const application = await openApplication(
    {
      databaseFile,
      resourcesFolder: join(import.meta.dirname, '../../resources'),
      launcher: {
        trainer: () => Promise.reject(new Error('no process can be forked')),
        task: () => Promise.reject(new Error('no process can be forked')),
        ...launcher,
      },
      shell: 'cli',
      capabilities: { saveDialog: false, showInFolder: false, pickFiles: false },
      pickedPath: () => Promise.resolve(null),
      showFile: () => undefined,
    },
    stay,
  );
  onTestFinished(() => application.close());
  return application;
}

const newDatabase = () => join(temporaryFolder(), 'depthlab.db');

/** The functions of a host on a new database. */
async function openHost(): Promise<Api> {
  return (await openOn(newDatabase())).api;
}

/** The functions that a page has which an application serves. */
function pageOf(application: Application): Api {
  const [pageEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  application.serveClient(hostEnd);
  return createClient(contract, pageEnd);
}

describe('data sets', () => {
  it('are listed with their source and licence', async () => {
    const [digits] = await (await openHost())['data.list']({});
    expect(digits).toMatchObject({ name: 'digits', trainImages: 1437, licence: 'CC BY 4.0' });
  });

  it('show some of their images, of all classes and with pixels up to white, as they are or changed', async () => {
    const api = (await openOn(newDatabase(), { task: () => Promise.resolve(forkChild(TASK)) })).api;
    const { input, images, labels } = await api['data.samples']({ name: 'digits', count: 100 });
    expect(images).toHaveLength(100 * input.height * input.width * input.channels);
    expect(Math.max(...images)).toBe(255);
    expect(new Set(labels).size).toBe(10);
    const recipe = parse(TrainingRecipe, { augment: true });
    const changed = await api['data.samples']({ name: 'digits', count: 100, recipe });
    expect(changed.labels.toSorted()).toEqual(labels.toSorted());
    expect(changed.images).not.toEqual(images);
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

describe('a page', () => {
  const refusalOf = (api: Api, source: ArgumentsOf<'data.add'>['source']) =>
    new Promise((resolve) => api['data.add']({ source }, () => undefined, resolve));
  const notFromPage = { code: 'bad-input', message: 'A page may name neither files of this machine nor addresses' };

  it('names neither files nor addresses, and has no handle that nobody gave it', async () => {
    const application = await openOn(newDatabase());
    const page = pageOf(application);
    expect(await refusalOf(page, { kind: 'path', path: '/etc' })).toMatchObject(notFromPage);
    expect(await refusalOf(page, { kind: 'url', url: 'http://127.0.0.1/' })).toMatchObject(notFromPage);
    expect(await refusalOf(page, { kind: 'picked', handle: 'guessed' })).toMatchObject({
      message: 'No file was chosen',
    });
    // The user's own program may; here it gets as far as the process that would read the file.
    const program = await refusalOf(application.api, { kind: 'path', path: '/etc' });
    expect(program).toMatchObject({ message: 'no process can be forked' });
  });

  it('is one too where another program passes its messages on', async () => {
    const databaseFile = newDatabase();
    await openOn(databaseFile);
    const client = await openOn(databaseFile);
    expect(client.role).toBe('client');
    expect(await refusalOf(pageOf(client), { kind: 'path', path: '/etc' })).toMatchObject(notFromPage);
  });
});

describe('a command that only asks', () => {
  it('lets no other program join what it is about to close: that one waits, and owns the database next', async () => {
    const databaseFile = newDatabase();
    const brief = await openOn(databaseFile, {}, { isBrief: true });
    const next = openOn(databaseFile);
    expect(await Promise.race([next, sleep(300).then(() => 'waits')])).toBe('waits');
    await brief.api['runs.list']({});
    await brief.close();
    expect((await next).role).toBe('owner');
  });

  it('joins the application that is open', async () => {
    const databaseFile = newDatabase();
    await openOn(databaseFile);
    expect((await openOn(databaseFile, {}, { isBrief: true })).role).toBe('client');
  });
});

describe('an owner that died', () => {
  it('is not joined where its socket still takes a connection', async () => {
    const databaseFile = newDatabase();
    const dying = createServer((socket) => socket.end()).listen(ownerAddress(databaseFile));
    onTestFinished(() => void dying.close());
    await once(dying, 'listening');
    expect((await openOn(databaseFile)).role).toBe('owner');
  });
});

describe('an application that closes', () => {
  it('takes nobody in any more', async () => {
    const databaseFile = newDatabase();
    const first = await openOn(databaseFile);
    const closed = first.close();
    expect((await openOn(databaseFile)).role).toBe('owner');
    await closed;
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

  it('grows by depths, seeds and series, and has each run once', async () => {
    const api = await openHost();
    const { id, runIds } = await api['studies.create']({ depths: [8], seeds: 1 });
    const deeper = await api['studies.grow']({ id, depths: [14, 8] });
    expect(deeper.runIds).toHaveLength(4);
    const more = await api['studies.grow']({ id, seeds: 2 });
    expect(more.request).toMatchObject({ depths: [8, 14], seeds: 2 });
    expect(more.runIds.slice(0, 2)).toEqual(runIds);
    const series = { label: 'V2 SE', version: 'v2', se: 16 } as const;
    const grown = await api['studies.grow']({ id, series });
    expect(grown.runIds).toHaveLength(12);
    const runs = await Promise.all(grown.runIds.map(async (run) => (await api['runs.get']({ id: run })).run));
    expect(new Set(runs.map(({ name }) => name)).size).toBe(12);
    const table = await api['studies.table']({ id });
    expect(table.series.map(({ label }) => label)).toEqual(['V1', 'V2', 'V2 SE']);
    const refused = (growth: Omit<ArgumentsOf<'studies.grow'>, 'id'>, where: string) =>
      expect(api['studies.grow']({ id, ...growth })).rejects.toMatchObject({ code: 'bad-input', where });
    await refused({ depths: [14] }, `study ${id}`);
    await refused({ seeds: 1 }, 'seeds');
    await refused({ depths: [15] }, 'depths');
    await refused({ series: { ...series, se: 8 } }, 'series.label');
    await refused({ series: { ...series, label: 'Another name' } }, 'series');
    await refused({ series: { label: 'Identity', version: 'v2', shortcut: 'identity' } }, 'series');
    expect((await api['studies.list']({}))[0]!.runIds).toHaveLength(12);
  });

  it('grows by a recipe and by an architecture of its own, at its own depth', async () => {
    const api = await openHost();
    const { id } = await api['studies.create']({ depths: [8, 14], seeds: 1, versions: ['v2'] });
    const slow = { label: 'Slow', version: 'v2', recipe: { learningRate: 0.01 } } as const;
    expect((await api['studies.grow']({ id, series: slow })).runIds).toHaveLength(4);
    const architecture = { stem: { width: 8 }, stages: [{ blocks: [{ kind: 'basic' as const, width: 8 }] }] };
    const own = { label: 'Own', version: 'v2', architecture } as const;
    const grown = await api['studies.grow']({ id, series: own });
    expect(grown.runIds).toHaveLength(5);
    expect((await api['studies.grow']({ id, versions: ['v1'] })).runIds).toHaveLength(7);
    const { cells } = await api['studies.table']({ id });
    expect(cells.filter(({ series }) => series === 'fourth')).toHaveLength(1);
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

describe('the bin', () => {
  /** A study of two runs that failed, with files in their folders of checkpoints. */
  async function failedStudy() {
    const databaseFile = newDatabase();
    const { api } = await openOn(databaseFile);
    const { id, runIds } = await api['studies.create']({ depths: [8], seeds: 1 });
    await expect.poll(async () => (await api['studies.list']({}))[0]?.ended).toBe(2);
    const folders = runIds.map((runId) => checkpointFolder(databaseFile, runId));
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'attempt-1-step-3.safetensors'), Buffer.alloc(70));
      writeFileSync(join(folder, 'attempt-1-step-5.safetensors.partial'), Buffer.alloc(30));
    }
    return { api, id, runIds, folders };
  }

  it('is purged with all files, and those who watch it hear of it', async () => {
    const { api, id, runIds, folders } = await failedStudy();
    const heard: Bin[] = [];
    api['bin.watch']({}, (bin) => heard.push(bin));
    const [first, second] = [runIds[0]!, runIds[1]!];
    await expect(api['runs.purge']({ ids: [first] })).rejects.toMatchObject({
      code: 'conflict',
      where: `run ${first}`,
    });
    await api['runs.delete']({ ids: [first] });
    const purged = await api['runs.purge']({ ids: [first] });
    expect(purged).toMatchObject({ runIds: [first], studyIds: [], checkpoints: 2, checkpointBytes: 100 });
    expect(folders.map(existsSync)).toEqual([false, true]);
    expect(await api['studies.list']({})).toMatchObject([{ runIds: [second], ended: 1 }]);

    await api['studies.delete']({ id });
    await expect.poll(() => heard.at(-1)?.studies).toMatchObject([{ id, runIds: [second] }]);
    expect(await api['studies.purge']({ ids: [id] })).toMatchObject({ studyIds: [id], runIds: [second] });
    await expect.poll(() => heard.at(-1)).toEqual({ studies: [], runs: [] });
    expect(await api['bin.list']({})).toEqual({ studies: [], runs: [] });
    expect(folders.map(existsSync)).toEqual([false, false]);
  });

  it('keeps the streams of runs and studies going, also where what was deleted is purged before they look', async () => {
    const { api, id, runIds } = await failedStudy();
    const faults: Error[] = [];
    const left = new Set<number>();
    api['runs.watch'](
      {},
      (rows) => rows.forEach((run) => left.add(run.id)),
      (error) => faults.push(error),
    );
    api['studies.watch'](
      {},
      () => undefined,
      (error) => faults.push(error),
    );
    await expect.poll(() => left.size).toBe(2);
    await Promise.all([api['studies.delete']({ id }), api['studies.purge']({ ids: [id] })]);
    const { id: next } = await api['runs.create']({ network: { version: 'v2', depth: 8 } });
    await expect.poll(() => left.has(next)).toBe(true);
    expect(faults).toEqual([]);
    await expect(api['runs.get']({ id: runIds[0]! })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says which files could not be deleted, and deletes the others', async () => {
    const { api, runIds, folders } = await failedStudy();
    rmSync(folders[0]!, { recursive: true });
    writeFileSync(folders[0]!, 'no folder');
    await api['runs.delete']({ ids: runIds });
    await expect(api['runs.purge']({ ids: runIds })).rejects.toMatchObject({ code: 'failed', where: folders[0] });
    expect(existsSync(folders[1]!)).toBe(false);
    expect(await api['bin.list']({})).toEqual({ studies: [], runs: [] });
  });
});
