import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { waitUntilReady, type OpenShell } from '../shell.ts';

/** In its legacy mode axe needs no second page, which an Electron does not open. */
export async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

const VIEWS = [
  '/studies',
  '/studies/1',
  '/runs',
  '/runs/1',
  '/compare',
  '/compare?runs=1-4&baseline=1&rows=all',
  '/compare?runs=1-4&group=version&baseline=1',
  '/queue',
  '/data',
  '/bin',
  '/new?kind=study',
  '/new?kind=run',
];
const THEMES = ['light', 'dark'] as const;

export function accessibilitySpecs(openShell: OpenShell): void {
  const open = () => openShell({ from: inject('trainedDatabase') });

  describe.each(THEMES)('in the %s theme', (colorScheme) => {
    it('no view breaks a rule of axe', async () => {
      const shell = await open();
      const { page } = shell;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found: Record<string, string[]> = {};
      for (const view of VIEWS) {
        await shell.open(view);
        await waitUntilReady(page);
        await page
          .getByText(/^Reading /)
          .first()
          .waitFor({ state: 'detached' });
        found[view] = await violationsOn(page);
      }
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
      found['palette'] = await violationsOn(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      found['keys'] = await violationsOn(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Preferences' }).click();
      await page.getByRole('dialog', { name: 'Preferences' }).waitFor();
      found['preferences'] = await violationsOn(page);
      expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([]);
    });

    it('nor does the first page', async () => {
      const { page } = await openShell();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  describe('the keyboard', () => {
    it('opens a run by its name from the palette', async () => {
      const { page } = await open();
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog', { name: 'Command palette' });
      await palette.getByRole('combobox').waitFor();
      await page.keyboard.type('v2_14 seed 1');
      await palette.getByRole('option', { name: /^resnet_v2_14 seed 1/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('main').getByRole('heading', { level: 1, name: 'resnet_v2_14 seed 1' }).waitFor();
      await palette.waitFor({ state: 'detached' });
    });

    it('lists its keys, goes to the views and comes back', async () => {
      const { page } = await open();
      await page.keyboard.press('?');
      const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await keys.getByText('Command palette').waitFor();
      await page.keyboard.press('Escape');
      await keys.waitFor({ state: 'detached' });
      for (const [key, title] of [
        ['r', 'Runs'],
        ['q', 'Queue'],
        ['d', 'Data'],
        ['s', 'Studies'],
      ] as const) {
        await page.keyboard.press('g');
        await page.keyboard.press(key);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
      }
    });

    it('reaches every control of the window with Tab', async () => {
      const shell = await open();
      const { page } = shell;
      await shell.open('/new?kind=run');
      await page.getByRole('heading', { level: 1, name: 'New run' }).waitFor();
      const reached = new Set<string>();
      const nameOfFocused = () =>
        page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return '';
          // Its place in the page, not on the screen: the form scrolls under the focus.
          const place = [...document.querySelectorAll('*')].indexOf(element);
          return [place, element.tagName, element.textContent.trim().slice(0, 30)].join(' ');
        });
      for (;;) {
        await page.keyboard.press('Tab');
        const name = await nameOfFocused();
        if (reached.has(name)) break;
        reached.add(name);
      }
      const words = [...reached].join('\n');
      for (const control of ['New', 'Studies', 'Runs', 'Queue', 'Data', 'Start the run', 'Copy as command']) {
        expect(words).toContain(control);
      }
    });
  });
}
