import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { ApplicationStatus } from '../../src/contract/application.ts';
import { openApplication } from '../../src/host/application.ts';
import { runJson, start, temporaryFolder } from '../integration/commandLine.ts';

const LOCKER = `
  const { default: SQLite } = await import('better-sqlite3');
  const database = new SQLite(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  console.log('locked');
  setTimeout(() => database.exec('COMMIT'), Number(process.argv[2]));
`;
const LOCK_MS = 8000;

/** Another program that holds the database's write lock; resolves once it has it. */
async function lock(file: string): Promise<{ readonly ended: Promise<unknown> }> {
  const locker = spawn(process.execPath, ['--input-type=module', '--eval', LOCKER, file, String(LOCK_MS)], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void locker.kill('SIGKILL'));
  const ended = once(locker, 'exit');
  await once(locker.stdout, 'data');
  return { ended };
}

/** The application that trains, as another program of the same user sees it. */
async function joined(folder: string) {
  process.env['XDG_RUNTIME_DIR'] = folder;
  const client = await openApplication({
    databaseFile: join(folder, 'depthlab.db'),
    resourcesFolder: 'resources',
    launcher: { trainer: () => Promise.reject(new Error('no')), task: () => Promise.reject(new Error('no')) },
    shell: 'cli',
    capabilities: { saveDialog: false, showInFolder: false, pickFiles: false },
    pickedPath: () => Promise.resolve(null),
    showFile: () => undefined,
  });
  onTestFinished(() => client.close());
  expect(client.role).toBe('client');
  return client.api;
}

it('a lock of another program loses no step, leaves the window its answers, and is shown after 5 s', async () => {
  const folder = temporaryFolder();
  const training = start(
    folder,
    ...['train', '--arch', 'resnet_v2_8', '--batch-size', '16', '--epochs', '1000', '--max-steps', '1500', '--json'],
  );
  await training.said(/step [1-9]/);
  const api = await joined(folder);
  const notices: { text: string; atMs: number }[] = [];
  const lockedAt = performance.now();
  const dispose = api['application.status'](
    {},
    ({ notice }: ApplicationStatus) => notices.push({ text: notice, atMs: performance.now() - lockedAt }),
    () => undefined,
  );
  const locker = await lock(join(folder, 'depthlab.db'));
  await sleep(500);
  const { lastStep } = (await api['runs.get']({ id: 1 })).run;
  const answersMs: number[] = [];
  while (performance.now() - lockedAt < LOCK_MS - 1000) {
    const asked = performance.now();
    const { run } = await api['runs.get']({ id: 1 });
    answersMs.push(performance.now() - asked);
    expect(run.lastStep).toBe(lastStep);
    await sleep(50);
  }
  await locker.ended;
  const { code, stderr } = await training.ended;
  expect(code, stderr).toBe(0);
  dispose();
  const inOrder = answersMs.toSorted((one, other) => one - other);
  const share = (part: number) => inOrder[Math.floor(part * inOrder.length)]!;
  process.stderr.write(
    `${inOrder.length} answers under a lock: median ${share(0.5).toFixed(1)} ms, longest ${inOrder.at(-1)!.toFixed(1)} ms\n`,
  );
  expect(share(0.95)).toBeLessThan(100);
  const shown = notices.find(({ text }) => text.startsWith('Another program holds the database locked'));
  expect(shown?.atMs).toBeGreaterThan(4900);
  expect(notices.at(-1)?.text).toBe('');
  const { json } = await runJson(folder, 'runs', 'show', '1', '--series', 'loss');
  const { loss } = json['series'] as { loss: { firstStep: number; values: number[] } };
  expect(json['run']).toMatchObject({ state: 'finished', lastStep: 1500 });
  expect(loss).toMatchObject({ firstStep: 1 });
  expect(loss.values).toHaveLength(1500);
});
