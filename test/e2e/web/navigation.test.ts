import { describe, expect, it } from 'vitest';
import { navigationSpecs } from '../specs/navigation.ts';
import { openWeb } from './shell.ts';

navigationSpecs(openWeb);

describe('the one-time code', () => {
  it('lets one tab in; another one is told what to do', async () => {
    const { page, address } = await openWeb();
    await page.getByRole('button', { name: 'Run the digits study' }).waitFor();
    expect(page.url()).not.toContain('code');
    const second = await page.context().browser()!.newPage();
    await second.goto(address);
    await second.getByRole('heading', { name: 'Depthlab is not connected' }).waitFor();
    await second.getByText('Open the address that "npm start -- --web" prints').waitFor();
    expect(await second.getByRole('alert').textContent()).toContain('the code was used before');
    await page.reload();
    await page.getByRole('button', { name: 'Run the digits study' }).waitFor();
  });
});
