import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { run, TINY } from '../../integration/commandLine.ts';
import { until } from '../shell.ts';
import { openWeb } from './shell.ts';

const SWITCH = 'When a run or study ends or fails';

interface Kept {
  readonly title: string;
  readonly body: string;
}

/** A test sees no notification of the desktop: those that the page asks for are kept. The page is not in front. */
async function keepNotifications(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: object[] = [];
    class KeptNotification {
      static permission = 'default';
      static requestPermission(): Promise<string> {
        KeptNotification.permission = 'granted';
        return Promise.resolve('granted');
      }
      onclick: (() => void) | null = null;
      readonly title: string;
      readonly body: string;
      constructor(title: string, { body }: { body: string }) {
        this.title = title;
        this.body = body;
        kept.push(this);
      }
      close(): void {
        kept.splice(kept.indexOf(this), 1);
      }
    }
    Object.assign(window, { kept, Notification: KeptNotification });
    document.hasFocus = () => false;
  });
}

function keptBy(page: Page): Promise<Kept[]> {
  return page.evaluate(() => (window as unknown as { kept: Kept[] }).kept.map(({ title, body }) => ({ title, body })));
}

function clickFirst(page: Page): Promise<void> {
  return page.evaluate(() => (window as unknown as { kept: { onclick(): void }[] }).kept[0]?.onclick());
}

describe('notifications of a page', () => {
  it('say that a run has ended while the page is not in front; a click shows the run', async () => {
    const { page, folder, database } = await openWeb();
    await keepNotifications(page);
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('switch', { name: SWITCH }).click();
    await page.keyboard.press('Escape');
    const { code, stderr } = await run(folder, ...TINY, '--name', 'told', '--db', database);
    expect(code, stderr).toBe(0);
    await until(async () => (await keptBy(page)).length > 0);
    expect(await keptBy(page)).toEqual([
      { title: 'told finished', body: expect.stringMatching(/^Test accuracy \d+\.\d\d %$/) as string },
    ]);
    await clickFirst(page);
    await page.waitForURL('**/runs/1');
    expect(await keptBy(page)).toEqual([]);
  });

  it('cannot be switched on where the browser refuses them, and the switch says what to do', async () => {
    const { page } = await openWeb();
    await page.evaluate(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
    });
    await page.getByRole('button', { name: 'Preferences' }).click();
    const dialog = page.getByRole('dialog');
    const wanted = dialog.getByRole('switch', { name: SWITCH });
    await wanted.click();
    await dialog.getByText('The browser refuses them for this page.').waitFor();
    expect(await wanted.getAttribute('aria-checked')).toBe('false');
  });
});
