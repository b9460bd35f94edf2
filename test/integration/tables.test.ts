import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, runJson, temporaryFolder } from './commandLine.ts';

const TINY_STUDY = ['study', '--depths', '8', '--seeds', '2', '--batch-size', '32', '--max-steps', '2'];

describe('tables for a paper', () => {
  it('are written of runs and of a study, filtered, grouped and pivoted', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, ...TINY_STUDY)).code).toBe(0);

    const file = join(folder, 'runs.csv');
    const csv = [
      'runs',
      'list',
      '--filter',
      'version:v1',
      '--columns',
      'name,TestLoss',
      '--format',
      'csv',
      '--out',
      file,
    ];
    expect((await run(folder, ...csv)).stdout).toBe(`${file}\n`);
    const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(head).toBe('"Name","Test loss"');
    expect(lines).toHaveLength(2);

    const again = await run(folder, ...csv);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect((await run(folder, ...csv, '--force')).code).toBe(0);
    expect(existsSync(`${file}.partial`)).toBe(false);

    const pivoted = await runJson(folder, 'runs', 'list', '--pivot', '--columns', 'testLoss');
    expect(pivoted.json['rows']).toMatchObject([{ depth: 8, 'testLoss V1': { n: 2 }, 'testLoss V2': { n: 2 } }]);
    const groups = await run(folder, 'runs', 'list', '--group-by', 'version', '--columns', 'testLoss');
    expect(groups.stdout).toContain('| Group | Runs | Test loss |');

    const latex = ['export', '--study', '1', '--format', 'latex', '--columns', 'depth,v2', '--spread', 'none'];
    const { stdout } = await run(folder, ...latex, '--no-siunitx', '--no-notes', '--decimals', '1');
    expect(stdout).toMatch(/ {4}8 & \$?[\d.]+\$? \(2\) \\\\\n/);
    expect(stdout).not.toMatch(/siunitx|minipage/);
    const long = await run(folder, 'export', '--study', '1', '--format', 'csv', '--long');
    expect(
      long.stdout
        .split('\r\n')
        .slice(1, 3)
        .map((line) => line.slice(0, 6)),
    ).toEqual(['8,"V1"', '8,"V2"']);
  });

  it('say what they lack', async () => {
    const folder = temporaryFolder();
    const column = await run(folder, 'runs', 'list', '--columns', 'testAcuracy');
    expect(column.code).toBe(2);
    expect(column.stderr).toContain('Did you mean testAccuracy?');
    expect((await run(folder, 'runs', 'list', '--filter', 'colour:red')).stderr).toContain('no field "colour"');
    expect((await run(folder, 'runs', 'list', '--pivot')).stderr).toContain('no mean to print');
    expect((await run(folder, 'runs', 'list', '--decimals', '1.5', '--pivot')).code).toBe(2);
  });
});
