import { describe, expect, it } from 'vitest';
import { runJson } from '../../integration/commandLine.ts';
import { until, type OpenShell } from '../shell.ts';

export function launchSpecs(openShell: OpenShell): void {
  describe('the launch form', () => {
    it('trains the run that it describes', async () => {
      const shell = await openShell();
      const { page } = shell;
      await shell.open('/new?kind=run');
      await page.getByRole('heading', { level: 1, name: 'New run' }).waitFor();
      await page.getByLabel(/^Depth/).fill('14');
      await page.getByLabel(/^Epochs/).fill('2');
      await page.getByLabel(/^Batch size/).fill('128');
      await page.getByLabel(/^Name/).fill('From the form');
      await page.getByRole('button', { name: 'Start the run' }).click();
      await page.waitForURL('**/runs/1');
      const main = page.getByRole('main');
      await main.getByRole('heading', { level: 1, name: 'From the form' }).waitFor();
      await main.getByText('Finished', { exact: true }).waitFor({ timeout: 120_000 });
      const { json } = await runJson(shell.folder, 'runs', 'show', '1', '--db', shell.database);
      expect(json['run']).toMatchObject({
        name: 'From the form',
        state: 'finished',
        network: { version: 'v2', depth: 14 },
        recipe: { epochs: 2, batchSize: 128 },
        lastStep: 22,
        totalSteps: 22,
      });
    });

    it('says beside the field what is wrong with a value, and starts nothing', async () => {
      const shell = await openShell();
      const { page } = shell;
      await shell.open('/new?kind=run');
      const depth = page.getByLabel(/^Depth/);
      await depth.fill('9');
      await depth.blur();
      const note = page.locator(`#${await until(() => depth.getAttribute('aria-describedby'))}`);
      expect(await note.innerText()).toMatch(/depth|layers/i);
      expect(await depth.getAttribute('aria-invalid')).toBe('true');
      await depth.fill('8');
      await page.locator('input[aria-invalid="true"]').waitFor({ state: 'detached' });

      const epochs = page.getByLabel(/^Epochs/);
      await epochs.fill('a few');
      await page.keyboard.press('Control+Enter');
      await page.getByText('“a few” is not a number').first().waitFor();
      expect(await epochs.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true);
      const { json } = await runJson(shell.folder, 'runs', 'list', '--db', shell.database);
      expect(json['runs']).toEqual([]);
    });
  });
}
