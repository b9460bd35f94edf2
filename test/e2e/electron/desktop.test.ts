import type { ElectronApplication, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { until } from '../shell.ts';
import { waitForProcess } from './processes.ts';
import { openElectron } from './shell.ts';

interface Shown {
  readonly title: string;
  readonly body: string;
}

/** A test sees no notification of the desktop: those that are shown are kept. The window is not in front. */
async function keepNotifications(application: ElectronApplication): Promise<void> {
  await application.evaluate(({ Notification, BrowserWindow }) => {
    const shown: unknown[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: unknown) {
      shown.push(this);
    };
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => false;
  });
}

function shownBy(application: ElectronApplication): Promise<Shown[]> {
  return application.evaluate(() =>
    (globalThis as unknown as { shown: Shown[] }).shown.map(({ title, body }) => ({ title, body })),
  );
}

function clickFirst(application: ElectronApplication): Promise<unknown> {
  return application.evaluate(() => {
    const [first] = (globalThis as unknown as { shown: { emit(event: string): void }[] }).shown;
    first?.emit('click');
  });
}

/** The values that the window's progress bar is given from now on. */
async function keepProgress(application: ElectronApplication): Promise<void> {
  await application.evaluate(({ BrowserWindow }) => {
    const bars: unknown[] = [];
    Object.assign(globalThis, { bars });
    BrowserWindow.getAllWindows()[0]!.setProgressBar = (share, options) => bars.push([share, options?.mode]);
  });
}

function lastBar(application: ElectronApplication): Promise<[number, string | undefined] | undefined> {
  return application.evaluate(() => (globalThis as unknown as { bars: [number, string | undefined][] }).bars.at(-1));
}

/** Electron numbers blockers from 0. */
function isSleepBlocked(application: ElectronApplication): Promise<boolean> {
  return application.evaluate(({ powerSaveBlocker }) =>
    [...Array(20).keys()].some((id) => powerSaveBlocker.isStarted(id)),
  );
}

async function startRun(page: Page, epochs: number): Promise<void> {
  await page.getByLabel(/^Depth/).fill('8');
  await page.getByLabel(/^Epochs/).fill(String(epochs));
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL('**/runs/*');
}

describe('the desktop', () => {
  it('shows what trains in the taskbar and stays awake, until it rests or ends', async () => {
    const { page, application, open } = await openElectron();
    await keepProgress(application);
    expect(await isSleepBlocked(application)).toBe(false);
    await open('/new?kind=run');
    await startRun(page, 5000);
    const main = page.getByRole('main');
    await until(async () => {
      const [share, mode] = (await lastBar(application)) ?? [];
      return share !== undefined && share > 0 && share < 1 && mode === 'normal';
    });
    expect(await isSleepBlocked(application)).toBe(true);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getTitle())).toMatch(
      /^\d+ % · resnet_v2_8.* — Depthlab$/,
    );
    await page.keyboard.press('h');
    await main.getByText('Paused in memory', { exact: true }).waitFor();
    await until(async () => (await lastBar(application))?.[1] === 'paused');
    expect(await isSleepBlocked(application)).toBe(false);
    await page.keyboard.press('r');
    await until(() => isSleepBlocked(application));
    await main.getByRole('button', { name: 'Stop', exact: true }).click();
    await main.getByText('Stopped', { exact: true }).waitFor();
    await until(async () => (await lastBar(application))?.[0] === -1);
    expect(await isSleepBlocked(application)).toBe(false);
  });

  it('tells of an end and of a failure while the window is not in front; a click shows the run', async () => {
    const { page, application, open } = await openElectron();
    await keepNotifications(application);
    await open('/new?kind=run');
    await startRun(page, 1);
    const [end] = await until(async () => {
      const shown = await shownBy(application);
      return shown.length > 0 && shown;
    });
    expect(end?.title).toMatch(/^resnet_v2_8.* finished$/);
    expect(end?.body).toMatch(/^Test accuracy \d+\.\d\d %$/);

    await open('/new?kind=run');
    await startRun(page, 5000);
    process.kill(await waitForProcess(application, 'Depthlab trainer'), 'SIGKILL');
    await until(async () => (await shownBy(application)).length === 2);
    expect((await shownBy(application))[1]?.body).toContain('The trainer was killed');
    await clickFirst(application);
    await page.waitForURL('**/runs/1');

    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('switch', { name: 'When a run or study ends or fails' }).click();
    await page.keyboard.press('Escape');
    await open('/new?kind=run');
    await startRun(page, 1);
    await page.getByRole('main').getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await shownBy(application)).toHaveLength(2);
  });
});
