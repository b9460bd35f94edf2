import { expect, inject, it } from 'vitest';
import { violationsOn } from '../specs/accessibility.ts';
import { runSpecs } from '../specs/run.ts';
import { openWeb } from './shell.ts';

runSpecs(openWeb);

it('a run’s inspector stands below its charts in a narrow window, and beside them in a wide one', async () => {
  const { page, open } = await openWeb({ from: inject('trainedDatabase') });
  await open('/runs/1');
  const health = page.getByRole('region', { name: 'Health' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const boxes = async (width: number) => {
    await page.setViewportSize({ width, height: 700 });
    return { charts: (await health.boundingBox())!, inspector: (await inspector.boundingBox())! };
  };
  await health.waitFor();
  const narrow = await boxes(800);
  expect(narrow.inspector.y).toBeGreaterThan(narrow.charts.y);
  expect(narrow.charts.width).toBeGreaterThan(450);
  expect(await violationsOn(page)).toEqual([]);
  const wide = await boxes(1280);
  expect(wide.inspector.x).toBeGreaterThan(wide.charts.x + wide.charts.width);
});
