import { readdirSync, statSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { violationsOn } from '../specs/accessibility.ts';
import { openWeb } from './shell.ts';

describe('a database that is only read', () => {
  it('says so, offers nothing that would change it, and stays as it is', async () => {
    const shell = await openWeb({ from: inject('trainedDatabase') }, ['--read-only']);
    const { page, folder, database } = shell;
    const before = { changed: statSync(database).mtimeMs, files: readdirSync(folder) };
    await page
      .getByRole('complementary', { name: 'Read-only database' })
      .getByText(/--read-only\./)
      .waitFor();
    for (const address of ['/studies', '/studies/1', '/runs', '/runs/1', '/queue', '/data', '/bin']) {
      await shell.open(address);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.getByRole('complementary', { name: 'Read-only database' }).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await violationsOn(page)).toEqual([]);
      }
    }
    expect(await page.getByRole('button', { name: 'New', exact: true }).isDisabled()).toBe(true);
    await shell.open('/runs/1');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Delete').waitFor();
    expect(await button('Delete').isDisabled()).toBe(true);
    expect(await button('Duplicate with changes').isDisabled()).toBe(true);
    expect(await button('Copy the id for the command line').isDisabled()).toBe(false);
    expect(await page.getByRole('textbox', { name: 'Notes' }).getAttribute('readonly')).toBe('');
    expect(await page.getByRole('textbox', { name: 'Add a tag' }).count()).toBe(0);
    // A key that would delete it does nothing, and the palette does not offer it.
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Delete');
    expect(await page.getByRole('option', { name: /Delete/ }).count()).toBe(0);
    await shell.close();
    expect({ changed: statSync(database).mtimeMs, files: readdirSync(folder) }).toEqual(before);
  });
});

describe('which checkpoints are kept', () => {
  it('is chosen in the preferences, with what they take', async () => {
    const shell = await openWeb({ from: inject('trainedDatabase') });
    const { page } = shell;
    await page.getByRole('button', { name: /^Checkpoints / }).click();
    const dialog = page.getByRole('dialog', { name: 'Preferences' });
    await dialog.getByText(/They take [\d.]+ [kM]B now\./).waitFor();
    const apply = dialog.getByRole('button', { name: 'Apply' });
    expect(await apply.isDisabled()).toBe(true);
    await dialog.getByLabel(/Keep every n-th too/).fill('0.5');
    await dialog.getByText('The distance between checkpoints that are kept is a whole number').waitFor();
    expect(await apply.isDisabled()).toBe(true);
    await dialog.getByLabel(/Keep every n-th too/).fill('10');
    await dialog.getByLabel(/All together at most/).fill('50');
    expect(await violationsOn(page)).toEqual([]);
    await apply.click();
    await expect.poll(() => apply.isDisabled()).toBe(true);
    await shell.relaunch();
    await shell.page.keyboard.press(',');
    const again = shell.page.getByRole('dialog', { name: 'Preferences' });
    await expect.poll(() => again.getByLabel(/All together at most/).inputValue()).toBe('50');
    expect(await again.getByLabel(/Keep every n-th too/).inputValue()).toBe('10');
  });
});
