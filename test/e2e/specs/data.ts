import { describe, expect, it } from 'vitest';
import { run } from '../../integration/commandLine.ts';
import type { OpenShell } from '../shell.ts';

export function dataSpecs(openShell: OpenShell): void {
  describe('the Data view', () => {
    it('makes synthetic images, shows them, and removes them', async () => {
      const shell = await openShell();
      const { page } = shell;
      await shell.open('/data');
      await page.getByRole('button', { name: 'Add data …' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add data' });
      await dialog.getByLabel('Training').fill('400');
      await dialog.getByLabel('Test').fill('100');
      await dialog.getByLabel('Size').fill('4');
      await dialog.getByText('The height is at least 8').or(dialog.getByText('The width is at least 8')).waitFor();
      await dialog.getByLabel('Size').fill('16');
      await dialog.getByRole('button', { name: 'Make them' }).click();
      await page.getByText(/^Added /).waitFor();
      const section = page
        .getByRole('region')
        .filter({ has: page.getByRole('heading', { level: 2, name: /synthetic/i }) });
      await section.getByText('400 images').waitFor();
      await section.getByRole('img').first().waitFor();
      await section.getByRole('button', { name: 'New run' }).click();
      await page.getByRole('group', { name: 'Samples with their classes' }).waitFor();
      await page.goBack();
      await section.getByRole('button', { name: 'Remove …' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await section.waitFor({ state: 'detached' });
    });

    it('shows at once what the command line adds', async () => {
      const shell = await openShell();
      await shell.open('/data');
      const { page } = shell;
      await page.getByRole('heading', { name: 'Optical digits (8x8)' }).waitFor();
      const options = ['--images', '100', '--test-images', '50', '--size', '8', '--title', 'From elsewhere'];
      const made = await run(shell.folder, 'data', 'synthetic', ...options, '--db', shell.database);
      expect(made.code, made.stderr).toBe(0);
      await page.getByRole('heading', { name: 'From elsewhere' }).waitFor();
    });
  });
}
