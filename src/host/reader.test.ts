import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { contract } from '../contract/contract.ts';
import { UserError } from '../contract/errors.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { createClient, type Api } from '../link/rpc.ts';
import type { ToClient, ToServer } from '../link/wire.ts';
import { openStore } from '../store/open.ts';
import { frame, newRun, runningRun, temporaryFolder } from '../store/store.fixture.ts';
import { openApplication, type Application } from './application.ts';
import type { HostOptions } from './options.ts';

/** A database with a run that its owner left running, as at a crash, and one that is queued. */
function leftDatabase(): string {
  const file = join(temporaryFolder(), 'depthlab.db');
  const store = openStore(file);
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 50), 1);
  store.runs.create(newRun());
  store.close();
  return file;
}

async function openToRead(databaseFile: string): Promise<Application> {
  const options: HostOptions = {
    databaseFile,
    isReadOnly: true,
    resourcesFolder: join(import.meta.dirname, '../../resources'),
    launcher: {
      trainer: () => Promise.reject(new Error('no process can be forked')),
      task: () => Promise.reject(new Error('no process can be forked')),
    },
    shell: 'cli',
    capabilities: { saveDialog: false, showInFolder: false, pickFiles: false },
    pickedPath: () => Promise.resolve(null),
    showFile: () => undefined,
  };
  const application = await openApplication(options);
  onTestFinished(() => application.close());
  return application;
}

function stateOf(folder: string) {
  return readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return [name, createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs];
  });
}

/** What each method that writes is called with, where that is more than nothing. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  'data.add': { source: { kind: 'path', path: '/etc' } },
  'data.fetch': { name: 'mnist' },
  'data.remove': { name: 'mine' },
  'runs.create': { network: { version: 'v2', depth: 8 } },
  'runs.move': { id: 1, before: null },
  'runs.extend': { id: 1, epochs: 10 },
  'runs.setLearningRate': { id: 1, learningRate: 0.1 },
  'runs.fork': { id: 1, step: 10 },
  'runs.delete': { ids: [1] },
  'runs.restore': { ids: [1] },
  'runs.purge': { ids: [1] },
  'studies.purge': { ids: [1] },
  'studies.search': { space: {} },
  'studies.create': {},
  'settings.change': {},
};

/** How a method that is called as a client calls it ends. */
function call(api: Api, name: string): Promise<unknown> {
  const method = api[name as keyof Api] as (...values: unknown[]) => unknown;
  const values = ARGUMENTS[name] ?? { id: 1 };
  if (contract[name as keyof Api].kind !== 'stream') return method(values) as Promise<unknown>;
  return new Promise((resolve, reject) => method(values, resolve, reject));
}

it('a reader answers everything, changes nothing, and shares the file with other readers', async () => {
  const file = leftDatabase();
  const before = stateOf(dirname(file));
  const [one, other] = [await openToRead(file), await openToRead(file)];
  for (const { api, role, host } of [one, other]) {
    expect({ role, host }).toEqual({ role: 'reader', host: null });
    expect((await api['runs.list']({})).map(({ state }) => state)).toEqual(['queued', 'running']);
    expect((await api['runs.get']({ id: 1 })).run.lastStep).toBe(50);
    expect(await api['health.read']({ runIds: [1] })).toHaveLength(1);
    const info = await api['application.info']({});
    expect(info).toMatchObject({ databaseFile: file, readOnly: 'It was opened with --read-only.' });
  }
  await Promise.all([one.close(), other.close()]);
  expect(stateOf(dirname(file))).toEqual(before);
});

const writing = Object.entries(contract).flatMap(([name, { writes }]) => (writes ? [name] : []));

it.each(writing)('%s is refused with the reason and what to do', async (name) => {
  const file = leftDatabase();
  const { api } = await openToRead(file);
  const error = await call(api, name).then(
    () => null,
    (reason: unknown) => UserError.from(reason),
  );
  expect(error?.message).toBe(
    'This database is open for reading only, and nothing of it can be changed. It was opened with --read-only',
  );
  expect(error).toMatchObject({
    code: 'unavailable',
    where: file,
    hint: expect.stringContaining('copy the file') as string,
  });
});

it('ends, with its pages, when another program writes to the file after all', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const file = leftDatabase();
  const application = await openToRead(file);
  const [pageEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  application.serveClient(hostEnd);
  const page = createClient(contract, pageEnd);
  expect(await page['runs.list']({})).toHaveLength(2);
  const heard: string[] = [];
  pageEnd.onClose(() => heard.push('page'));
  application.onClosed(() => heard.push('application'));
  vi.advanceTimersByTime(5000);
  expect(heard).toEqual([]);
  const store = openStore(file);
  store.runs.create(newRun());
  vi.advanceTimersByTime(1000);
  await expect.poll(() => heard).toEqual(['page', 'application']);
  expect(await (await openToRead(file)).api['runs.list']({})).toHaveLength(3);
  store.close();
});
