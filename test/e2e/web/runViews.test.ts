import { describe, expect, inject, it } from 'vitest';
import { run } from '../../integration/commandLine.ts';
import { until, waitUntilReady } from '../shell.ts';
import { violationsOn } from '../specs/accessibility.ts';
import { openWeb } from './shell.ts';

describe('views of the runs table', () => {
  it('keep what is shown under a name, in the window and on the command line', async () => {
    const shell = await openWeb({ from: inject('trainedDatabase') });
    const { page, folder, database } = shell;
    await shell.open('/runs');
    await waitUntilReady(page);
    const filter = page.getByRole('searchbox', { name: 'Filter runs' });
    const groupBy = page.getByLabel('Group by');
    const views = page.getByRole('dialog', { name: /^Views/ });
    await filter.fill('version:v2');
    await groupBy.selectOption({ label: 'Version and depth' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Seed', { exact: true }).uncheck();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Views' }).click();
    expect(await violationsOn(page)).toEqual([]);
    await views.getByLabel('Keep what is shown as').fill('V2 by depth');
    await page.keyboard.press('Enter');
    await views.getByRole('button', { name: 'V2 by depth', exact: true }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await filter.fill('');
    await groupBy.selectOption({ label: 'nothing' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Seed', { exact: true }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Seed' }).waitFor();

    await shell.relaunch();
    await shell.open('/runs');
    await waitUntilReady(shell.page);
    await shell.page.getByRole('button', { name: 'Views' }).click();
    await shell.page.getByRole('button', { name: 'V2 by depth', exact: true }).click();
    await until(
      async () => (await shell.page.getByRole('searchbox', { name: 'Filter runs' }).inputValue()) === 'version:v2',
    );
    expect(await shell.page.getByLabel('Group by').inputValue()).toBe('versionAndDepth');
    await shell.page.getByRole('columnheader', { name: 'Seed' }).waitFor({ state: 'detached' });
    const menu = shell.page.getByRole('button', { name: 'Views: V2 by depth' });
    await menu.waitFor();

    const listed = await run(folder, 'runs', 'list', '--db', database, '--view', 'V2 by depth', '--format', 'csv');
    expect(listed.stderr).toBe('');
    expect(listed.stdout).toMatch(/^"Group",/);
    expect(listed.stdout).not.toContain('V1');
    const unknown = await run(folder, 'runs', 'list', '--db', database, '--view', 'V3');
    expect(unknown.stderr).toContain('Views: V2 by depth');

    await menu.click();
    await shell.page.getByRole('button', { name: 'Delete the view V2 by depth' }).click();
    await shell.page.getByText('View deleted: V2 by depth').waitFor();
    await shell.page.getByRole('button', { name: 'Undo' }).click();
    await menu.waitFor();
  });
});
