import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataProgress, DataSetInfo } from '../contract/data.ts';
import type { FromTask, ToTask } from '../contract/task.ts';
import { digits } from '../data/digits.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { temporaryStore } from '../store/store.fixture.ts';
import { createDataJobs } from './dataJobs.ts';
import { dataSetsFolder } from './folders.ts';
import type { ProcessExit, TaskProcess } from './launcher.ts';
import { createLive } from './live.ts';

const info: DataSetInfo = { ...digits, name: 'own', kind: 'folder' };
const request = { source: { kind: 'path', path: '/images' } } as const;

/** A task process whose part is played by the test. */
function playedTask() {
  const [channel, own] = createMemoryChannel<FromTask, ToTask>();
  const asked: unknown[] = [];
  own.onMessage((message) => asked.push(message));
  let onExit: (exit: ProcessExit) => void = () => undefined;
  const child: TaskProcess = {
    channel,
    pid: 1,
    onExit: (listener) => (onExit = listener),
    kill: () => onExit({ code: null, signal: 'SIGKILL', lastWords: [] }),
  };
  return { child, asked, say: (message: FromTask) => own.send(message) };
}

function jobs() {
  const store = temporaryStore();
  const played = playedTask();
  const live = createLive();
  const own = createDataJobs({ store, live, launcher: { task: () => Promise.resolve(played.child) } });
  return { store, live, own, ...played, root: dataSetsFolder(store.file) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
const added = { type: 'result', result: { info, files: [] } } as const;

describe('a data set', () => {
  it('is registered when its import is done, with progress on the way', async () => {
    const { store, own, asked, say, root } = jobs();
    const heard: DataProgress[] = [];
    const following = (async () => {
      for await (const value of own.add(request, new AbortController().signal)) heard.push(value);
    })();
    await settle();
    expect(asked).toEqual([{ task: 'importData', request: { import: request, folder: root } }]);
    say({ type: 'progress', progress: { stage: 'Reading', done: 1, total: 2 } });
    await settle();
    say(added);
    await following;
    expect(heard).toEqual([
      { type: 'progress', stage: 'Reading', done: 1, total: 2 },
      { type: 'added', info },
    ]);
    expect(store.dataSets.find('own')?.info).toEqual(info);
  });

  it('is refused before anything is read where its name is taken', async () => {
    const { store, own, asked } = jobs();
    store.dataSets.add({ info, files: [] });
    await expect(own.add({ ...request, name: 'own' }, new AbortController().signal).next()).rejects.toThrow(
      'There is a data set "own" already',
    );
    expect(asked).toEqual([]);
  });

  it('is not there when its import fails, or was cancelled', async () => {
    const { store, own, say } = jobs();
    const failing = own.add(request, new AbortController().signal).next();
    await settle();
    say({ type: 'error', error: { code: 'bad-input', message: 'It is no archive', where: '', hint: '' } });
    await expect(failing).rejects.toThrow('It is no archive');
    const cancelled = new AbortController();
    const cancelling = own.add(request, cancelled.signal).next();
    await settle();
    cancelled.abort();
    expect(await cancelling).toEqual({ done: true, value: undefined });
    expect(store.dataSets.list()).toEqual([]);
  });

  it('that was cut off on its way leaves no files once another is added', async () => {
    const { store, own, say, root } = jobs();
    store.dataSets.add({ info: { ...info, name: 'kept' }, files: [] });
    for (const name of ['.adding-own', 'unregistered', 'kept', '.downloads']) {
      mkdirSync(join(root, name), { recursive: true });
      writeFileSync(join(root, name, 'file'), '');
    }
    const adding = own.add(request, new AbortController().signal).next();
    await settle();
    say(added);
    await adding;
    const left = ['.adding-own', 'unregistered', 'kept', '.downloads'].filter((name) => existsSync(join(root, name)));
    expect(left).toEqual(['kept', '.downloads']);
  });

  it('is removed with its files; an unknown one is refused', () => {
    const { store, own, root } = jobs();
    store.dataSets.add({ info, files: [] });
    mkdirSync(join(root, 'own'), { recursive: true });
    own.remove('own');
    expect(store.dataSets.list()).toEqual([]);
    expect(existsSync(join(root, 'own'))).toBe(false);
    expect(() => own.remove('digits')).toThrow('No data set "digits" was added');
  });
});
