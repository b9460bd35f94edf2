import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/contract/run.ts';
import { runJson } from '../../integration/commandLine.ts';
import { until, type OpenShell, type Shell } from '../shell.ts';

export function changesSpecs(openShell: OpenShell): void {
  describe('a run that trains', () => {
    it('takes another learning rate, and is forked from where it rests', async () => {
      const shell = await openShell();
      const { page } = shell;
      await startLongRun(shell, 'trunk');
      const main = page.getByRole('main');
      await main.getByText('Running', { exact: true }).waitFor();
      await until(async () => (await rowsOf(shell))[0]!.lastStep > 0);

      await page.keyboard.press('l');
      await page.getByRole('dialog').getByRole('textbox', { name: 'Learning rate' }).fill('0.03');
      await page.keyboard.press('Enter');
      await until(async () => (await rowsOf(shell))[0]!.rateChanges.length > 0);
      await main.getByRole('button', { name: 'Pause', exact: true }).click();
      await main.getByText('Paused', { exact: true }).waitFor();

      await page.keyboard.press('f');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Name' }).fill('branch');
      await dialog.getByRole('textbox', { name: 'Clipping norm' }).fill('5');
      await dialog.getByRole('button', { name: 'Fork', exact: true }).click();
      await page.waitForURL('**/runs/2');
      await main.getByRole('link', { name: /^Forked from run 1 after step/ }).waitFor();
      await until(async () => {
        const branch = (await rowsOf(shell)).find(({ name }) => name === 'branch')!;
        return branch.state === 'running' && branch.lastStep > branch.parent!.step;
      });
      const [branch, trunk] = await rowsOf(shell);
      expect(trunk!.rateChanges).toMatchObject([{ learningRate: 0.03 }]);
      expect(branch!.parent).toEqual({ runId: 1, step: trunk!.lastStep });
      expect(branch!.recipe).toEqual({ ...trunk!.recipe, learningRate: 0.03, clipNorm: 5 });
      await main.getByRole('button', { name: 'Stop', exact: true }).click();
      await main.getByText('Stopped', { exact: true }).waitFor();
    });
  });

  describe('the queue', () => {
    it('changes its order by key and by drag, and trains as many at once as it is told', async () => {
      const shell = await openShell();
      const { page } = shell;
      for (const name of ['first', 'second', 'third', 'fourth']) await startLongRun(shell, name);
      await page.getByRole('link', { name: /^Queue/ }).click();
      const waiting = page.getByRole('table', { name: 'Runs that wait, the next one first' }).locator('tbody tr');
      const names = async () => waiting.getByRole('link').allInnerTexts();
      const are = (...wanted: string[]) => until(async () => (await names()).join() === wanted.join());
      await are('second', 'third', 'fourth');

      await page.getByRole('button', { name: 'Move fourth up' }).focus();
      await page.keyboard.press('Enter');
      await are('second', 'fourth', 'third');
      await page.keyboard.press('Enter');
      await are('fourth', 'second', 'third');
      await waiting.nth(2).dragTo(waiting.nth(0), { targetPosition: { x: 200, y: 3 } });
      await are('third', 'fourth', 'second');
      const { json } = await runJson(shell.folder, 'runs', 'queue', '--db', shell.database);
      expect((json['waiting'] as RunRow[]).map(({ name }) => name)).toEqual(['third', 'fourth', 'second']);

      await page.getByLabel('Runs at once').selectOption('2');
      await are('fourth', 'second');
      await page.getByRole('article', { name: 'third' }).getByText('Running', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Remove all 2 that wait' }).click();
      for (const name of ['first', 'third']) {
        await page.getByRole('article', { name }).getByRole('button', { name: 'Stop' }).click();
      }
      await page.getByText('Nothing trains and nothing waits').waitFor();
    });
  });
}

async function startLongRun({ page, open }: Shell, name: string): Promise<void> {
  await open('/new?kind=run');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Depth/).fill('8');
  await page.getByLabel(/^Epochs/).fill('5000');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await isOnRunPage(page);
}

const isOnRunPage = (page: Page) => page.waitForURL(/\/runs\/\d+$/);

async function rowsOf({ folder, database }: Shell): Promise<RunRow[]> {
  const { json } = await runJson(folder, 'runs', 'list', '--db', database);
  return json['runs'] as RunRow[];
}
