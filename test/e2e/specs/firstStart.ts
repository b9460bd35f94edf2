import { describe, expect, it } from 'vitest';
import { runJson } from '../../integration/commandLine.ts';
import { until, type OpenShell, type Shell } from '../shell.ts';
import { inksOf } from './pictures.ts';

const NETWORKS = ['v1', 'v2'].flatMap((version) => [8, 20, 44].map((depth) => `${version} ${depth}`));
const EXPECTED_RUNS = NETWORKS.flatMap((network) => [1, 2, 3].map((seed) => `${network} seed ${seed} finished`)).sort();

interface ListedRun {
  readonly state: string;
  readonly network: { readonly version: string; readonly depth: number };
  readonly recipe: { readonly seed: number };
}

/** The runs that the command line finds in the same database, whoever owns it. */
async function listedRuns({ folder, database }: Shell): Promise<string[]> {
  const { code, json } = await runJson(folder, 'runs', 'list', '--db', database);
  expect(code).toBe(0);
  return (json['runs'] as ListedRun[])
    .map(({ state, network, recipe }) => `${network.version} ${network.depth} seed ${recipe.seed} ${state}`)
    .sort();
}

/** The application's main job, from an empty database to the finished comparison. */
export function firstStartSpecs(openShell: OpenShell): void {
  describe('the very first start', () => {
    it('offers one button, which trains the digits study to its side-by-side page', async () => {
      const shell = await openShell();
      const { page } = shell;
      const main = page.getByRole('main');
      await main.getByRole('button', { name: 'Run the digits study' }).waitFor();
      expect(await main.getByRole('button').count()).toBe(1);
      await main.getByRole('button').click();

      await page.waitForURL('**/studies/1');
      await main.getByRole('heading', { level: 1, name: 'Digits: V1 against V2' }).waitFor();
      const status = page.getByRole('contentinfo', { name: 'Status' });
      await status.getByRole('link', { name: /^resnet_v1_8 seed 1: / }).waitFor();
      await main
        .getByText('18 of 18 runs finished')
        .first()
        .waitFor({ timeout: 10 * 60_000 });
      await status.getByText('Nothing is training').waitFor();

      const table = main.getByRole('region', { name: /paired by seed/ }).getByRole('table');
      const columns = await table.getByRole('columnheader').allInnerTexts();
      expect(columns.map((title) => title.trim())).toEqual([
        'Depth',
        expect.stringMatching(/^V1, mean/),
        expect.stringMatching(/^V2, mean/),
        expect.stringMatching(/^V2 − V1/),
      ]);
      for (const depth of [8, 20, 44]) {
        const row = table
          .getByRole('row')
          .filter({ has: page.getByRole('rowheader', { name: String(depth), exact: true }) });
        // The figures follow the runs after a moment.
        const [v1, v2, difference] = await until(async () => {
          const cells = await row.getByRole('cell').allInnerTexts();
          return cells.every((cell) => cell.includes('(3)')) && cells;
        });
        for (const cell of [v1, v2]) expect(cell).toMatch(/^\d{2,3}(\.\d+)? ± \d+(\.\d+)?/);
        expect(difference).toMatch(/[−+]?\d/);
      }
      for (const name of [/^Test accuracy against depth/, /^Test loss against depth/]) {
        const chart = main.getByRole('img', { name });
        await chart.scrollIntoViewIfNeeded();
        const inks = await until(async () => {
          const found = await inksOf(chart);
          return found.colours > 10 && found;
        });
        expect(inks.v1).toBeGreaterThan(30);
        expect(inks.v2).toBeGreaterThan(30);
      }

      expect(await listedRuns(shell)).toEqual(EXPECTED_RUNS);
      await shell.close();
      expect(await listedRuns(shell)).toEqual(EXPECTED_RUNS);
    });
  });
}
