import { readFile } from 'node:fs/promises';
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
      expect(await violationsOn(page)).toEqual([]);

      await dialog.getByLabel('Columns of siunitx').click();
      expect(await text()).not.toContain('siunitx');
      await dialog.getByRole('checkbox', { name: 'V2 − V1 (points)' }).uncheck();
      await dialog.getByRole('button', { name: 'Move Test accuracy V2 (%) up' }).click();
      expect(await text()).toContain('{Depth} & {V2} & {V1} \\\\');

      await dialog.getByRole('button', { name: 'CSV' }).click();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Save as file' }).click(),
      ]);
      expect(saved.suggestedFilename()).toBe('study-1-testAccuracy.csv');
      const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\r\n');
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
  });
}
