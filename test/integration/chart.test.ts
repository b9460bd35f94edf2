import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { malformation } from '../../src/charts/wellFormed.fixture.ts';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

const TINY_STUDY = ['study', '--depths', '8', '--seeds', '2', '--batch-size', '256', '--epochs', '1'];
/** The texts of an SVG, in their order. */
const textsOf = (svg: string) => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);

it('draws charts without a window', async () => {
  const folder = temporaryFolder();
  expect((await run(folder, ...TINY_STUDY)).code).toBe(0);
  const chart = (...words: string[]) => run(folder, 'chart', ...words);

  const file = join(folder, 'accuracy.svg');
  const depth = await chart('depth', '1', '--metric', 'testError', '--out', file, '--width', '500');
  expect([depth.code, depth.stdout]).toEqual([0, `${file}\n`]);
  const svg = readFileSync(file, 'utf8');
  expect(malformation(svg)).toBeNull();
  expect(svg).toMatch(/^<svg width="500" height="340"/);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['V1, mean and 95 % interval', 'Test error (%)', '8']));

  for (const words of [
    ['difference', '1'],
    ['curves', '--study', '1', '--members'],
    ['curves', '1-4', '--metric', 'loss', '--smoothing', '0.6', '--log-y', '--x', 'images'],
    ['layers', '1', '2', '--step', '3'],
    ['map', '1'],
  ]) {
    const drawn = await chart(...words);
    expect([drawn.code, malformation(drawn.stdout)], words.join(' ')).toEqual([0, null]);
  }

  expect((await chart('difference', '1', '--format', 'tex')).stdout).toContain('\\begin{tikzpicture}');
  const steps = await chart('curves', '1', '--metric', 'loss', '--smoothing', '0.9', '--format', 'csv');
  expect(steps.stdout.split('\r\n').slice(0, 2)).toEqual([
    '"Run","Name","Seed","Step","Training loss"',
    expect.stringMatching(/^1,"#1 .*",1,1,\d/),
  ]);
  const { json } = await runJson(folder, 'chart', 'layers', '2', '--step', '3');
  const norms = await runJson(folder, 'norms', '2', '--step', '3');
  expect((json['rows'] as unknown[][]).map((row) => row.slice(4))).toEqual(
    (norms.json['layers'] as { name: string; norm: number }[]).map(({ name, norm }) => [name, norm]),
  );

  const again = await chart('depth', '1', '--out', file);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--force')]);
});

it('says what it cannot draw', async () => {
  const folder = temporaryFolder();
  expect((await run(folder, ...TINY)).code).toBe(0);
  for (const [words, complaint] of [
    [['depth', '1', '--out', join(folder, 'accuracy.png')], 'Endings: svg, csv, tex'],
    [['depth', '7'], 'study 7'],
    [['depth', '1', '--width', '3'], 'from 200 to 8192'],
    [['map', '1', '--format', 'tex'], 'A map of pixels cannot be written as tex'],
    [['curves'], 'Name the runs, or a study'],
    [['curves', '9'], 'There is no run 9'],
    [['curves', '1', '--metric', 'testAccuracy'], 'None of the runs has testAccuracy yet'],
    [['layers', '1', '--step', '9999'], 'has no step 9999'],
  ] as const) {
    const failed = await run(folder, 'chart', ...words);
    expect([failed.code, failed.stderr], words.join(' ')).toEqual([2, expect.stringContaining(complaint)]);
  }
});
