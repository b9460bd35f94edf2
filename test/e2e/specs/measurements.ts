import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { until, type OpenShell } from '../shell.ts';
import { violationsOn } from './accessibility.ts';
import { inksOf } from './pictures.ts';

const sectionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

export function measurementSpecs(openShell: OpenShell): void {
  describe('what is measured of a checkpoint on request', () => {
    it('says of V1 and V2, block by block, whether the identity path is clean, and keeps it', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/studies/1?depth=14');
      const section = sectionOf(page, 'Identity path');
      await section.getByRole('button', { name: 'Verify both' }).click();
      await section.getByText(/^The identity check fails in all 4 blocks .*: ReLU after the addition in 4/).waitFor();
      await section.getByText(/^The identity path is clean in all 4 blocks/).waitFor();
      await section.getByText('Stage 2: 1 not clean, 1 change of shape').waitFor();
      const chart = section.getByRole('img');
      await chart.scrollIntoViewIfNeeded();
      await until(async () => {
        const { v1, v2 } = await inksOf(chart);
        return v1 > 20 && v2 > 20;
      });
      await section.getByRole('button', { name: 'Show as table' }).click();
      expect(await section.getByRole('row').count()).toBe(1 + 2 * 6);
      expect(await violationsOn(page)).toEqual([]);

      await page
        .getByRole('link', { name: /^Open the run/ })
        .first()
        .click();
      await page.waitForURL('**/runs/*');
      await page.getByRole('button', { name: 'Verify again' }).waitFor();
    });

    it('draws the loss surface of a run, and cancels another one', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await shell.open('/runs/1');
      const section = sectionOf(page, 'Loss surface');
      await section.getByLabel('Points').selectOption('11 × 11');
      await section.getByLabel('Images').selectOption('64');
      await section.getByRole('button', { name: 'Compute the surface' }).click();
      await section.getByText(/^At the cross: loss \d/).waitFor();
      const chart = section.getByRole('img');
      await chart.scrollIntoViewIfNeeded();
      await until(async () => (await inksOf(chart)).colours > 100);
      expect(await violationsOn(page)).toEqual([]);

      await section.getByLabel('Points').selectOption('51 × 51');
      await section.getByRole('button', { name: 'Compute again' }).click();
      await section.getByText(/^Points: [1-9]\d* of 2,601$/).waitFor();
      await section.getByRole('button', { name: 'Cancel' }).click();
      await section.getByRole('button', { name: 'Compute the surface' }).waitFor();
    });
  });
}
