import { describe, expect, inject, it } from 'vitest';
import { runJson } from '../../integration/commandLine.ts';
import { until, type OpenShell } from '../shell.ts';
import { inksOf } from './pictures.ts';

export function runSpecs(openShell: OpenShell): void {
  describe('the page of a run', () => {
    it('is live while it trains, and stops it with a checkpoint', async () => {
      const shell = await openShell();
      const { page } = shell;
      await shell.open('/new?kind=run');
      await page.getByLabel(/^Depth/).fill('8');
      await page.getByLabel(/^Epochs/).fill('5000');
      await page.getByRole('button', { name: 'Start the run' }).click();
      await page.waitForURL('**/runs/1');
      const main = page.getByRole('main');
      await main.getByText('Running', { exact: true }).waitFor();
      const step = main
        .getByRole('term')
        .filter({ hasText: /^Step$/ })
        .locator('+ dd');
      const readStep = async () => Number(/^[\d,\s]+/.exec(await step.innerText())?.[0].replace(/\D/g, ''));
      const first = await until(readStep);
      const second = await until(async () => {
        const now = await readStep();
        return now > first && now;
      });
      await until(async () => (await readStep()) > second);
      await main.getByRole('button', { name: 'Stop', exact: true }).click();
      await main.getByText('Stopped', { exact: true }).waitFor();
      const { json } = await runJson(shell.folder, 'runs', 'show', '1', '--db', shell.database);
      const run = json['run'] as { state: string; lastStep: number };
      expect(run.state).toBe('stopped');
      expect(json['checkpoints']).toContainEqual(expect.objectContaining({ step: run.lastStep }));
      expect(await readStep()).toBe(run.lastStep);
    });

    it('draws its curves and the gradient norms of its layers', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      await shell.open('/runs/1');
      const charts = shell.page.getByRole('main').getByRole('img', { name: /loss|accuracy|gradient/i });
      await charts.first().waitFor();
      for (const chart of await charts.all()) {
        await chart.scrollIntoViewIfNeeded();
        await until(async () => (await inksOf(chart)).colours > 10);
      }
    });

    it('keeps notes over a reload', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/runs/2');
      const notes = () => page.getByRole('textbox', { name: 'Notes' });
      await notes().fill('The rate was too high.');
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.reload();
      await until(async () => (await notes().inputValue()) === 'The rate was too high.');
      const { json } = await runJson(shell.folder, 'runs', 'show', '2', '--db', shell.database);
      expect(json['run']).toMatchObject({ notes: 'The rate was too high.' });
    });
  });
}
