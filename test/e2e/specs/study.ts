import { describe, expect, inject, it } from 'vitest';
import { runJson } from '../../integration/commandLine.ts';
import type { OpenShell } from '../shell.ts';
import { violationsOn } from './accessibility.ts';

export function studySpecs(openShell: OpenShell): void {
  describe('the page of a study', () => {
    it('adds depths and a series, and trains what the study lacks', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/studies/1');
      await page.getByRole('heading', { name: 'Against depth', exact: true }).waitFor();
      await page.keyboard.press('a');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('0 runs are missing').waitFor();
      await dialog.getByRole('textbox', { name: 'Depths' }).fill('8, 14, 15');
      await dialog.getByText('2 runs are missing').waitFor();
      await dialog.getByRole('button', { name: 'Train them' }).click();
      await page.getByText(/^There is no network of 15 layers/).waitFor();

      await dialog.getByRole('textbox', { name: 'Depths' }).fill('8, 14');
      await dialog.getByRole('switch', { name: /further series/ }).click();
      await dialog.getByRole('textbox', { name: 'Label' }).fill('V2 SE');
      await dialog.getByRole('textbox', { name: 'Squeeze and excitation' }).fill('16');
      await dialog.getByText('2 runs are missing').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      const main = page.getByRole('main');
      await main.getByText('6 of 6 runs finished').waitFor({ timeout: 120_000 });
      await main.getByRole('columnheader', { name: 'V2 SE − V2, mean' }).waitFor();
      const { json } = await runJson(shell.folder, 'study', 'show', '1', '--db', shell.database);
      expect(json['series']).toEqual([
        { id: 'v1', label: 'V1' },
        { id: 'v2', label: 'V2' },
        { id: 'third', label: 'V2 SE' },
      ]);
    });
  });
}
