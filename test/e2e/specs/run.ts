import sharp from 'sharp';
import { describe, expect, inject, it } from 'vitest';
import { malformation } from '../../../src/charts/wellFormed.fixture.ts';
import { run, runJson } from '../../integration/commandLine.ts';
import { until, type OpenShell } from '../shell.ts';
import { violationsOn } from './accessibility.ts';
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
      const row = json['run'] as { state: string; lastStep: number };
      expect(row.state).toBe('stopped');
      expect(json['checkpoints']).toContainEqual(expect.objectContaining({ step: row.lastStep }));
      expect(await readStep()).toBe(row.lastStep);
    });

    it('pauses a run that trains, in memory and on the disk, and goes on with it to its end', async () => {
      const shell = await openShell();
      const { page } = shell;
      await shell.open('/new?kind=run');
      await page.getByLabel(/^Depth/).fill('8');
      await page.getByLabel(/^Epochs/).fill('40');
      await page.getByRole('button', { name: 'Start the run' }).click();
      await page.waitForURL('**/runs/1');
      const main = page.getByRole('main');
      const state = (word: string) => main.getByText(word, { exact: true });
      const title = () => page.title();
      await state('Running').waitFor();
      await until(async () => /^[1-9]\d* % · resnet_v2_8.* — Depthlab$/.test(await title()));

      await main.getByRole('button', { name: 'Pause', exact: true }).click();
      await main.getByText(/^Paused at step [\d,]+ of [\d,]+/).waitFor();
      await state('Paused').waitFor();
      const rowOf = async () => {
        const { json } = await runJson(shell.folder, 'runs', 'show', '1', '--db', shell.database);
        return json['run'] as { state: string; isHeld: boolean; lastStep: number; totalSteps: number };
      };
      const paused = await rowOf();
      expect(paused).toMatchObject({ state: 'paused', isHeld: false });
      expect(paused.lastStep).toBeGreaterThan(0);
      expect(paused.lastStep).toBeLessThan(paused.totalSteps);
      expect(await title()).toBe('Run — Depthlab');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await violationsOn(page)).toEqual([]);
      }

      await main.getByRole('button', { name: 'Go on', exact: true }).click();
      await state('Running').waitFor();
      await page.keyboard.press('h');
      await state('Paused in memory').waitFor();
      expect(await rowOf()).toMatchObject({ state: 'paused', isHeld: true });
      const { stdout } = await run(shell.folder, 'runs', 'list', '--db', shell.database);
      expect(stdout).toContain('paused in memory');
      await page
        .getByRole('contentinfo')
        .getByText(/paused in memory at \d+ %$/)
        .waitFor();
      expect(await title()).toMatch(/^Paused at \d+ % · resnet_v2_8/);
      expect(await violationsOn(page)).toEqual([]);

      await main.getByRole('button', { name: 'Go on', exact: true }).click();
      await state('Finished').waitFor({ timeout: 120_000 });
      expect(await rowOf()).toMatchObject({ state: 'finished', lastStep: paused.totalSteps });
    });

    it('is offered again after the application was closed, with one click to go on', async () => {
      const shell = await openShell();
      await shell.open('/new?kind=run');
      await shell.page.getByLabel(/^Depth/).fill('8');
      await shell.page.getByLabel(/^Epochs/).fill('5000');
      await shell.page.getByRole('button', { name: 'Start the run' }).click();
      await shell.page.getByRole('main').getByText('Running', { exact: true }).waitFor();
      await shell.relaunch();
      await shell.open('/runs');
      const offer = () => shell.page.getByRole('region', { name: 'Interrupted runs' });
      await offer()
        .getByText(/^resnet_v2_8.* was interrupted when Depthlab ended\./)
        .waitFor();
      expect(await violationsOn(shell.page)).toEqual([]);
      await offer().getByRole('button', { name: 'Go on' }).click();
      await offer().waitFor({ state: 'detached' });
      await shell.page
        .getByRole('contentinfo')
        .getByRole('link', { name: /^resnet_v2_8.*: \d+ %/ })
        .waitFor();

      await shell.relaunch();
      await shell.open('/runs');
      await offer().getByRole('button', { name: 'Dismiss' }).click();
      await offer().waitFor({ state: 'detached' });
      await shell.page.reload();
      await shell.page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
      expect(await offer().count()).toBe(0);
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

    it('saves the map by step and layer as a drawing and as numbers', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      const { page } = shell;
      await page.emulateMedia({ colorScheme: 'dark' });
      await shell.open('/runs/1');
      const frame = page.getByRole('region', { name: 'Gradient norm map', exact: true });
      await until(async () => (await inksOf(frame.getByRole('img'))).colours > 100);
      const save = async (form: string) => {
        await frame.getByRole('button', { name: 'Copy or save' }).click();
        const { text } = await shell.savedBy(() => page.getByRole('menuitem', { name: `Save as ${form}` }).click());
        return text;
      };
      const svg = await save('SVG');
      expect(malformation(svg)).toBeNull();
      expect(svg).toMatch(/<image [^>]*href="data:image\/png;base64,[\w+/=]{200,}"/);
      expect(svg).toContain('fill="#ffffff"');
      expect(svg).toMatch(/<text [^>]*>Stage 1<\/text>/);
      // Drawn by another program: the cells have the colours of the scale.
      const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      const colours = Array.from({ length: info.width * info.height }, (_, at) => data.readUIntBE(3 * at, 3));
      expect(new Set(colours).size).toBeGreaterThan(100);

      const lines = (await save('CSV')).trimEnd().split('\r\n');
      expect(lines[0]).toMatch(/^"Layer","Layer name","Gradient norm, step 1",/);
      expect(lines[1]).toMatch(/^1,"stem\.conv\.weight",\d/);
    });

    it('says how healthy it is, and what was checked', async () => {
      const shell = await openShell({ from: inject('trainedDatabase') });
      await shell.open('/runs/1');
      const health = shell.page.getByRole('region', { name: 'Health' });
      await health.getByText('No verdict', { exact: true }).waitFor();
      await health.getByText('What was checked').click();
      await health.getByRole('rowheader', { name: 'Vanishing over depth' }).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await shell.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await violationsOn(shell.page)).toEqual([]);
      }
      await shell.open('/runs?filter=health:unknown');
      await shell.page.getByText('4 runs', { exact: true }).waitFor();
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
