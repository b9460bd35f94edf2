import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { timeToEnd } from '../../crash/processes.ts';
import { runJson } from '../../integration/commandLine.ts';
import { until } from '../shell.ts';
import { processIds, waitForProcess } from './processes.ts';
import { answerQuestions, askedQuestions, openElectron, startArguments, startEnvironment } from './shell.ts';

/** Starts the digits study from the first page, waits until its first run has made steps. */
async function startTraining(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run the digits study' }).click();
  await page.waitForURL('**/studies/1');
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: /resnet_v1_8 seed 1: [1-9]\d* %/ })
    .waitFor();
}

const goneSoon = (pid: number) => timeToEnd(pid, 5000);

interface Listed {
  readonly id: number;
  readonly state: string;
  readonly reason: string;
  readonly lastStep: number;
}

async function listRuns(folder: string, database: string): Promise<Map<number, Listed>> {
  const { json } = await runJson(folder, 'runs', 'list', '--db', database);
  return new Map((json['runs'] as Listed[]).map((run) => [run.id, run]));
}

describe('the processes', () => {
  it('keep the window and the other runs when a trainer is killed', async () => {
    const { page, application } = await openElectron();
    await startTraining(page);
    const trainer = await waitForProcess(application, 'Depthlab trainer');
    process.kill(trainer, 'SIGKILL');
    await waitForProcess(application, 'Depthlab trainer', [trainer]);
    await page
      .getByRole('link', { name: /resnet_v1_8 seed 1/ })
      .first()
      .click();
    const main = page.getByRole('main');
    await main.getByText('Interrupted', { exact: true }).waitFor();
    await main
      .getByText(/The trainer was killed \(SIGKILL\)/)
      .first()
      .waitFor();
    await page
      .getByRole('contentinfo')
      .getByRole('link', { name: /resnet_v2_8 seed 1: / })
      .waitFor();
  });

  it('come back with the data when the host is killed, and no trainer stays behind', async () => {
    const shell = await openElectron();
    const { page, application } = shell;
    await startTraining(page);
    const host = await waitForProcess(application, 'Depthlab host');
    const trainer = await waitForProcess(application, 'Depthlab trainer');
    process.kill(host, 'SIGKILL');
    await waitForProcess(application, 'Depthlab host', [host]);
    await goneSoon(trainer);
    await page.getByRole('contentinfo').getByText('Nothing is training').waitFor();
    await shell.open('/runs/1');
    await page.getByRole('main').getByText('Interrupted', { exact: true }).waitFor();
  });

  it('end with the main process, whatever ends it', async () => {
    const { page, application, main, folder, database } = await openElectron();
    await startTraining(page);
    const host = await waitForProcess(application, 'Depthlab host');
    const trainer = await waitForProcess(application, 'Depthlab trainer');
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await ended;
    await Promise.all([goneSoon(host), goneSoon(trainer)]);
    const first = (await listRuns(folder, database)).get(1);
    expect(first?.state).toBe('interrupted');
    expect(first?.lastStep).toBeGreaterThan(0);
  });
});

describe('quitting while a run trains', () => {
  it('asks first, and goes on where the answer is to keep running', async () => {
    const { page, application } = await openElectron();
    await startTraining(page);
    await answerQuestions(application, 0);
    await application.evaluate(({ app }) => app.quit());
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    expect(await askedQuestions(application)).toEqual(
      Array(2).fill(
        expect.stringMatching(
          /^18 runs are not finished\nIf you quit, what trains stops after its step with a checkpoint/,
        ),
      ),
    );
    expect(await processIds(application, 'Depthlab trainer')).toHaveLength(1);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())).toBe(true);
  });

  it.each(['closing the window', 'a signal'])('writes a checkpoint and ends what waits: %s', async (way) => {
    const { page, application, main, folder, database } = await openElectron();
    await startTraining(page);
    await answerQuestions(application, 1);
    const ended = new Promise((resolve) => main.once('exit', resolve));
    const start = performance.now();
    if (way === 'a signal') main.kill('SIGTERM');
    else await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    await ended;
    expect(performance.now() - start).toBeLessThan(10_000);
    const runs = await listRuns(folder, database);
    expect(runs.get(1)).toMatchObject({ state: 'stopped', reason: 'Depthlab was closed' });
    expect(runs.get(18)).toMatchObject({ state: 'stopped', reason: 'Depthlab was closed before its turn' });
    const { json } = await runJson(folder, 'runs', 'show', '1', '--db', database);
    expect(json['checkpoints']).toEqual([expect.objectContaining({ step: runs.get(1)!.lastStep })]);
  });
});

describe('a second start', () => {
  it('leaves the first window as it is, and says so where it asks for another database', async () => {
    const { application, main, folder, database } = await openElectron();
    await answerQuestions(application, 0);
    const other = join(folder, 'other.db');
    const second = spawn(main.spawnfile, startArguments(other), { env: startEnvironment(folder), stdio: 'ignore' });
    await once(second, 'exit');
    const asked = await until(async () => (await askedQuestions(application))[0]);
    expect(asked).toBe(
      `Depthlab is open already, with another database\nIt shows ${database}. Quit it before you open ${other}.`,
    );
    expect(existsSync(other)).toBe(false);
  });
});
