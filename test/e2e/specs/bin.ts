import { describe, expect, inject, it } from 'vitest';
import { run } from '../../integration/commandLine.ts';
import type { OpenShell } from '../shell.ts';
import { violationsOn } from './accessibility.ts';

/** Deleted runs: restored and purged, by the keyboard too, also where another program deletes them. */
export function binSpecs(openShell: OpenShell): void {
  describe('the bin', () => {
    it('restores, and deletes for good what is confirmed', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page, folder, database } = shell;
      await shell.open('/bin');
      await page.getByRole('heading', { name: 'The bin is empty' }).waitFor();
      const command = (...words: string[]) => run(folder, 'runs', ...words, '--db', database);
      expect((await command('delete', '1', '2')).code).toBe(0);
      const rows = page.getByRole('row');
      await expect.poll(() => rows.count()).toBe(3);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await violationsOn(page)).toEqual([]);
      }
      await page.getByRole('button', { name: /^Restore resnet_v1_8/ }).click();
      await expect.poll(() => rows.count()).toBe(2);

      const purge = page.getByRole('button', { name: /^Delete resnet_v2_8 seed 1 for good/ });
      await purge.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Delete resnet_v2_8 seed 1 for good?' });
      await dialog.getByText(/1 run with every recorded step.*and\s+\d+ checkpoints? \([\d.]+ [kM]B\)/).waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await rows.count()).toBe(2);
      await purge.click();
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'The bin is empty' }).waitFor();
      expect((await command('show', '2')).stderr).toContain('There is no run 2');
      expect((await command('show', '1')).code).toBe(0);
    });
  });
}
