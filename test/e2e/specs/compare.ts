import { describe, expect, inject, it } from 'vitest';
import type { RunRow } from '../../../src/contract/run.ts';
import { runJson } from '../../integration/commandLine.ts';
import { until, waitUntilReady, type OpenShell } from '../shell.ts';
import { inksOf } from './pictures.ts';

export function compareSpecs(openShell: OpenShell): void {
  describe('the comparison', () => {
    it('of two runs shows what differs, pins a baseline and is found as it was after a restart', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const table = () => shell.page.getByRole('table', { name: 'Comparison' });
      const row = (name: RegExp | string) =>
        table()
          .getByRole('row')
          .filter({ has: shell.page.getByRole('rowheader', { name }) });
      await shell.open('/runs?filter=depth:8');
      const { page } = shell;
      const grid = page.getByRole('grid', { name: 'Runs' });
      await grid.getByRole('checkbox', { name: 'Select all runs that are shown' }).click();
      await page.keyboard.press('v');
      await page.waitForURL(/\/compare\?runs=/);
      await table().waitFor();
      expect(await table().getByRole('columnheader').count()).toBe(3);
      await row(/^Version/).waitFor();
      expect(await row(/^Batch size/).count()).toBe(0);
      expect(await row(/^Host/).count()).toBe(0);

      await page.getByRole('switch', { name: 'Only what differs' }).click();
      await row(/^Batch size/).waitFor();
      await row(/^Host/).waitFor();

      await page.getByRole('button', { name: /^Pin resnet_v1_8 seed 1 as/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Unpin the baseline resnet_v1_8/ }).waitFor();
      const accuracy = row(/^Validation accuracy, last epoch/).getByRole('cell');
      await until(async () => /[+−]?\d+\.\d\d points/.test(await accuracy.nth(1).innerText()));
      expect(await accuracy.nth(0).innerText()).not.toContain('points');

      const chosen = new URL(page.url()).search;
      await shell.relaunch();
      // A browser is sent there by the link; the desktop's window remembers where it was.
      if (shell.name === 'web') await shell.open(`/compare${chosen}`);
      await table().waitFor();
      expect(new URL(shell.page.url()).search).toBe(chosen);
      await row(/^Batch size/).waitFor();
      await shell.page.getByRole('button', { name: /^Unpin the baseline resnet_v1_8/ }).waitFor();
    });

    it('groups runs, overlays their curves, and takes notes', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      await shell.open('/compare');
      const { page } = shell;
      await waitUntilReady(page);
      await page.getByRole('main').getByRole('button', { name: 'Choose runs' }).click();
      const dialog = page.getByRole('dialog', { name: 'Choose runs to compare' });
      await dialog.getByRole('combobox', { name: 'Find runs' }).fill('depth:8');
      await dialog.getByRole('button', { name: 'Add all 2 found' }).click();
      await dialog.getByRole('combobox', { name: 'Find runs' }).fill('v2_14');
      await dialog.getByRole('option', { name: /resnet_v2_14 seed 1/ }).waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByRole('img', { name: 'Chosen:' }).waitFor();
      await dialog.getByRole('button', { name: 'Compare' }).click();
      await dialog.waitFor({ state: 'detached' });

      const table = page.getByRole('table', { name: 'Comparison' });
      await table.getByRole('button', { name: 'Edit the notes of resnet_v2_14 seed 1' }).click();
      await page.getByRole('textbox', { name: 'Notes' }).fill('deeper');
      await page.getByRole('button', { name: 'Done' }).click();
      await until(async () => {
        const { json } = await runJson(shell.folder, 'runs', 'list', '--db', shell.database);
        return (json['runs'] as RunRow[]).some(
          ({ name, notes }) => name === 'resnet_v2_14 seed 1' && notes === 'deeper',
        );
      });

      await page.getByLabel('Group by').selectOption({ label: 'Version' });
      await table.getByRole('columnheader', { name: /^V2/ }).waitFor();
      await until(async () => /± [\d.]+ \(2\)/.test(await table.innerText()));
      const chart = page.getByRole('img', { name: 'Global gradient norm of 3 runs by step' });
      await chart.scrollIntoViewIfNeeded();
      await until(async () => {
        const { v1, v2 } = await inksOf(chart);
        return v1 > 0 && v2 > 0;
      });
      await page.getByRole('img', { name: 'Validation accuracy by epoch' }).waitFor();
    });
  });
}
