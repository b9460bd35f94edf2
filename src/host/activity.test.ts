import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { News } from '../analysis/news.ts';
import { temporaryFolder } from '../store/store.fixture.ts';
import { watchActivity } from './activity.ts';
import { openApplication } from './application.ts';

it('tells a shell of a run that failed, and that nothing trains', async () => {
  const noProcess = () => Promise.reject(new Error('no process can be forked'));
  const { api, close } = await openApplication({
    databaseFile: join(temporaryFolder(), 'depthlab.db'),
    resourcesFolder: join(import.meta.dirname, '../../resources'),
    launcher: { trainer: noProcess, task: noProcess },
    shell: 'electron',
    capabilities: { saveDialog: false, showInFolder: false, pickFiles: false },
    pickedPath: () => Promise.resolve(null),
    showFile: () => undefined,
  });
  onTestFinished(close);
  const news: News[] = [];
  const onProgress = vi.fn();
  watchActivity(api, { onProgress, onNews: (one) => news.push(one) });
  await vi.waitUntil(() => onProgress.mock.calls.length > 0);

  await api['runs.create']({ name: 'A run', network: { version: 'v2', depth: 8 } });
  await vi.waitUntil(() => news.length > 0, { timeout: 5000 });
  expect(news).toEqual([
    {
      title: 'A run failed',
      body: 'The trainer cannot be started: no process can be forked',
      address: '/runs/1',
    },
  ]);
  expect(onProgress.mock.lastCall).toEqual([null]);
});
