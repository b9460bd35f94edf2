import { expect, it } from 'vitest';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

it('compares runs on the command line: what differs, the results, a baseline, groups', async () => {
  const folder = temporaryFolder();
  for (const options of [[], ['--lr', '0.05'], ['--lr', '0.05', '--seed', '2']]) {
    expect((await run(folder, ...TINY, ...options)).code).toBe(0);
  }
  const lineOf = (text: string, label: string) =>
    text
      .split('\n')
      .find((line) => line.trim().startsWith(label))
      ?.trim()
      .split(/ {2,}/);

  const two = await run(folder, 'compare', '1', '2', '--baseline', '1');
  expect(two.code).toBe(0);
  expect(lineOf(two.stdout, 'Learning rate')).toEqual(['Learning rate', '0.1', '0.05']);
  expect(lineOf(two.stdout, 'Batch size')).toBeUndefined();
  expect(lineOf(two.stdout, 'less the baseline')).toHaveLength(2);
  const all = await run(folder, 'compare', '1', '2', '--all');
  expect(lineOf(all.stdout, 'Batch size')).toEqual(['Batch size (images)', '16', '16']);
  expect(lineOf(all.stdout, 'Depthlab')).toHaveLength(3);

  const groups = await run(folder, 'compare', '1-3', '--group-by', 'lr', '--baseline', '2');
  expect(groups.stdout).toContain('Learning rate 0.05 (2 runs), baseline');
  expect(lineOf(groups.stdout, 'Training loss, last epoch')?.[1]).toMatch(/^[\d.]+ ± [\d.]+ \(2\)$/);

  const csv = await run(folder, 'compare', '1', '2', '--format', 'csv');
  expect(csv.stdout).toContain('"Recipe","Learning rate",0.1,0.05\r\n');
  const { json } = await runJson(folder, 'compare', '1', '2', '--baseline', '1');
  const rows = json['rows'] as Record<string, unknown>[];
  expect(rows.find(({ row }) => row === 'Training loss, last epoch')).toMatchObject({
    section: 'Results',
    'run 2 delta': { n: 1, interval: null },
  });

  const unknown = await run(folder, 'compare', '1', '7');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no run 7')]);
  const mistyped = await run(folder, 'compare', '1', '--group-by', 'lerningRate');
  expect([mistyped.code, mistyped.stderr]).toEqual([2, expect.stringContaining('Did you mean learningRate?')]);
});
