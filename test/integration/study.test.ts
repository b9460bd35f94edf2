import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, runJson, start, temporaryFolder } from './commandLine.ts';

const TINY_STUDY = ['study', '--depths', '8,14', '--seeds', '2', '--batch-size', '32', '--max-steps', '2'];

describe('study', () => {
  it('trains the grid, prints the paired table and exports it', async () => {
    const folder = temporaryFolder();
    const { code, json, stderr } = await runJson(folder, ...TINY_STUDY);
    expect(code, stderr).toBe(0);
    expect(json['studyId']).toBe(1);
    const rows = json['rows'] as { version: string; depth: number; n: number; mean: number; runIds: number[] }[];
    expect(rows.map(({ version, depth, n }) => `${version} ${depth} ${n}`).toSorted()).toEqual([
      'v1 14 2',
      'v1 8 2',
      'v2 14 2',
      'v2 8 2',
    ]);
    for (const row of rows) {
      expect(row.mean).toBeGreaterThanOrEqual(0);
      expect(row.runIds).toHaveLength(2);
      expect(row).toHaveProperty('interval');
    }
    expect(new Set(rows.flatMap(({ runIds }) => runIds)).size).toBe(8);

    const table = (await run(folder, 'export', '--study', '1', '--format', 'markdown')).stdout;
    expect(table).toContain('|');
    expect((await run(folder, 'export', '--study', '1', '--format', 'csv')).stdout).toContain('\r\n');
    expect((await run(folder, 'export', '--study', '1', '--format', 'latex')).stdout).toContain('\\toprule');
    const exported = await run(folder, 'export', '--study', '1', '--format', 'json');
    expect(JSON.parse(exported.stdout)).toBeTypeOf('object');

    expect((await run(folder, 'study', 'list')).stdout).toMatch(/^ *1 .* V1 and V2 at 8, 14 layers/m);
    expect((await run(folder, 'study', 'show', '1')).stdout).toContain('8 layers: ');
    const report = await run(folder, 'study', 'report', '1', '--metric', 'testError');
    expect(report.stdout).toContain('## Differences at each depth');
    expect(report.stdout).toContain('Another data set: CIFAR-10, here the digits');
    const whole = await runJson(folder, 'study', 'report', '1');
    expect(whole.json).toMatchObject({
      studyId: 1,
      metric: 'testAccuracy',
      differences: [{ depth: 8 }, { depth: 14 }],
    });
    const missing = await run(folder, 'study', 'report', '2');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('no study 2')]);
  });

  it('gives its report as tables: one file in LaTeX, a folder of them in CSV', async () => {
    const folder = temporaryFolder();
    const database = join(folder, 'runs.db');
    copyFileSync(resolve(import.meta.dirname, '../../docs/results/digits.db'), database);
    const report = (...words: string[]) => run(folder, 'study', 'report', '1', ...words, '--db', database);
    const latex = await report('--format', 'latex');
    expect(latex.stdout).toMatch(/^% \\usepackage\{booktabs, siunitx\}\n/);
    const nowhere = await report('--format', 'csv');
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('Name a folder for them with --out')]);
    const tables = join(folder, 'report');
    const csv = await report('--format', 'csv', '--out', tables);
    expect(csv.stdout.trimEnd().split('\n')).toEqual(
      ['means', 'differences', 'fits', 'published', 'resources', 'failures'].map((name) =>
        join(tables, `study-1-testAccuracy-${name}.csv`),
      ),
    );
    expect(readFileSync(join(tables, 'study-1-testAccuracy-means.csv'), 'utf8')).toMatch(/^"Depth","Series",/);
    const again = await report('--format', 'csv', '--out', tables);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('add --force to replace it')]);
  });

  it('ends the run that trains and those that wait on Ctrl-C', async () => {
    const folder = temporaryFolder();
    const command = start(folder, 'study', '--depths', '8', '--seeds', '2', '--epochs', '1000', '--json');
    await command.said(/step [1-9]/);
    command.child.kill('SIGINT');
    const { code, stdout } = await command.ended;
    expect(code).toBe(130);
    const { runs } = JSON.parse(stdout) as { runs: { status: string }[] };
    expect(runs.map(({ status }) => status)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
  });
});
