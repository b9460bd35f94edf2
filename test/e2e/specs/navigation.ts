import { describe, expect, inject, it } from 'vitest';
import { until, type OpenShell } from '../shell.ts';

/** Addresses of views: reload, back, forward, links, and the window that comes back as it was left. */
export function navigationSpecs(openShell: OpenShell): void {
  const open = () => openShell({ from: inject('trainedDatabase') });
  const addressOf = (url: string) => new URL(url).pathname;

  describe('the window', () => {
    it('keeps its view over reload, back and forward', async () => {
      const { page } = await open();
      await page.getByRole('heading', { level: 1, name: 'Studies' }).waitFor();
      const places = page.getByRole('navigation', { name: 'Main' });
      await places.getByRole('link', { name: /^Runs/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
      await places.getByRole('link', { name: /^Data/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
      expect(addressOf(page.url())).toBe('/runs');
      await page.goForward();
      await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
      await page.keyboard.press('[');
      await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    });

    it('opens the view that an address names', async () => {
      const shell = await open();
      await shell.open('/runs/3');
      await shell.page.getByRole('heading', { level: 1, name: 'resnet_v1_14 seed 1' }).waitFor();
      await shell.open('/studies/1');
      await shell.page.getByRole('heading', { level: 1, name: 'A small study' }).waitFor();
      await shell.open('/runs/99');
      await shell.page.getByRole('heading', { name: 'There is no run 99' }).waitFor();
      await shell.open('/nowhere/at/all');
      await shell.page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    });

    it('says which database it shows, and shows it again after a restart', async () => {
      const shell = await open();
      const status = () => shell.page.getByRole('contentinfo', { name: 'Status' });
      await status().getByText(shell.database).waitFor();
      await shell.open('/runs/2');
      await shell.relaunch();
      await status().getByText(shell.database).waitFor();
      await shell.page
        .getByRole('link', { name: /A small study/ })
        .first()
        .waitFor();
    });
  });

  describe('the policy of the page', () => {
    it('comes with it, and keeps out markup and scripts that a page could be fed', async () => {
      const shell = await open();
      const policy = await shell.page.evaluate(async () =>
        (await fetch(location.href)).headers.get('Content-Security-Policy'),
      );
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      const outcomes = await shell.page.evaluate(async () => {
        const outcomeOf = (work: () => unknown) =>
          Promise.resolve()
            .then(work)
            .then(String, (error: unknown) => (error as Error).name);
        return {
          markup: await outcomeOf(() => (document.createElement('div').innerHTML = '<b>x</b>')),
          script: await outcomeOf(() => (document.createElement('script').src = '/other.js')),
          request: await outcomeOf(() => fetch('https://depthlab.invalid/')),
        };
      });
      expect(outcomes).toEqual({ markup: 'TypeError', script: 'TypeError', request: 'TypeError' });
      const { complaints } = shell;
      for (const directive of [/TrustedHTML/, /TrustedScriptURL/, /connect-src|Refused to connect/]) {
        complaints.expect(directive);
        await until(() => complaints.all.some((complaint) => directive.test(complaint)));
      }
    });
  });
}
