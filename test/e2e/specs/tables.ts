import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { waitUntilReady, type OpenShell } from '../shell.ts';
import { violationsOn } from './accessibility.ts';

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Export table' }).waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export table' });
  await dialog.waitFor();
  return { dialog, text: () => dialog.getByLabel('The table as text').inputValue() };
}

export function tableSpecs(openShell: OpenShell): void {
  describe('tables for a paper', () => {
    it("show a study's as the text that is saved, and keep the choices", async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/studies/1');
      await waitUntilReady(page);
      const { dialog, text } = await openDialog(page);
      expect(await text()).toContain('\\toprule');
      const printed = dialog.getByRole('table', { name: /^Table 1: A small study/ });
      await printed.getByRole('columnheader', { name: 'Test accuracy (%)' }).waitFor();
      await printed.getByRole('rowheader', { name: '14' }).waitFor();
      expect(await violationsOn(page)).toEqual([]);

      await dialog.getByLabel('Columns of siunitx').click();
      expect(await text()).not.toContain('siunitx');
      await dialog.getByRole('checkbox', { name: 'V2 − V1 (points)' }).uncheck();
      await dialog.getByRole('button', { name: 'Move Test accuracy V2 (%) up' }).click();
      expect(await text()).toContain('{Depth} & {V2} & {V1} \\\\');
      expect(await printed.getByRole('columnheader').allInnerTexts()).toEqual([
        'Test accuracy (%)',
        'Depth',
        'V2',
        'V1',
      ]);

      await dialog.getByRole('button', { name: 'CSV' }).click();
      await printed.waitFor({ state: 'detached' });
      const saved = await shell.savedBy(() => dialog.getByRole('button', { name: 'Save as file' }).click());
      expect(saved.name).toBe('study-1-testAccuracy.csv');
      expect(saved.text).toBe((await text()).replaceAll('\n', '\r\n'));
      const lines = saved.text.trimEnd().split('\r\n');
      expect(lines.map((line) => line.split(',')[0])).toEqual(['"Depth"', '8', '14']);

      await page.keyboard.press('Escape');
      const again = await openDialog(page);
      expect(await again.text()).toMatch(/^"Depth",/);
    });

    it('give the groups of runs as papers print them', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await shell.open('/runs');
      await waitUntilReady(page);
      await page.getByLabel('Group by').selectOption({ label: 'Version and depth' });
      const { dialog, text } = await openDialog(page);
      await dialog.getByRole('button', { name: 'Markdown' }).click();
      await dialog.getByLabel('Layout').selectOption({ label: 'Depth × version' });
      expect(await text()).toMatch(/\| Depth \|.* Test acc\. V1 \(%\) \| Test acc\. V2 \(%\) \|/);
      expect(await violationsOn(page)).toEqual([]);
    });

    it('give a comparison as it is shown, or with every row', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/compare?runs=1-4&group=version&baseline=1');
      await page.getByRole('table', { name: 'Comparison' }).waitFor();
      const { dialog, text } = await openDialog(page);
      await dialog.getByRole('button', { name: 'Markdown' }).click();
      expect(await text()).toMatch(/\| Test accuracy, last epoch \(%\) \| \d/);
      expect(await text()).not.toContain('| Batch size');
      await dialog.getByLabel('Rows', { exact: true }).selectOption({ label: 'Everything' });
      expect(await text()).toContain('| Batch size');
      await dialog.getByLabel('After a mean').selectOption({ label: 'Nothing' });
      expect(await text()).not.toMatch(/\| [\d.]+ ± [\d.]+ \(2\)/);
      expect(await violationsOn(page)).toEqual([]);

      await dialog.getByRole('button', { name: 'LaTeX' }).click();
      const saved = await shell.savedBy(() => dialog.getByRole('button', { name: 'Save as file' }).click());
      expect(saved.name).toBe('comparison.tex');
      expect(saved.text).toBe(await text());
    });
  });
}
