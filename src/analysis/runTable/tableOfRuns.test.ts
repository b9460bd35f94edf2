import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { writeTable } from '../tables/writeTable.ts';
import { RUN_QUANTITIES } from './columns.ts';
import { groupRuns } from './groups.ts';
import { tableOfGroups, tableOfRuns } from './tableOfRuns.ts';

const context = { studyNames: new Map<number, string>() };
const columns = (...ids: string[]) => ids.map((id) => RUN_QUANTITIES.find((column) => column.id === id)!);

describe('runs as a table', () => {
  const runs = [
    runRow({ name: '=1+1', testAccuracy: 0.98, elapsedMs: 61_500 }),
    runRow({ name: 'a_b | 50 % & <more>', testAccuracy: null, elapsedMs: 0 }),
    runRow({ name: 'c', testAccuracy: 0.97, testLoss: 0.000_012_34, elapsedMs: 1000 }),
  ];

  it('is in CSV what a spreadsheet calculates with, and no formula', () => {
    const table = tableOfRuns(columns('name', 'testAccuracy', 'duration'), runs.slice(0, 2), context);
    expect(writeTable(table, 'csv')).toBe(
      '"Name","Test acc. (%)","Duration (s)"\r\n"\'=1+1",98,61.5\r\n"a_b | 50 % & <more>",,\r\n',
    );
  });

  it('keeps the columns and the order, and marks the best of a column', () => {
    const table = tableOfRuns(columns('testAccuracy', 'name', 'created'), runs, context);
    const lines = writeTable(table, 'markdown').split('\n');
    expect(lines.slice(2, 7)).toEqual([
      '| Test acc. (%) | Name | Created |',
      '| ---: | --- | ---: |',
      '| **98.00** | \\=1+1 | 2023-11-14T22:13:20.000Z |',
      '| – | a\\_b \\| 50 % &amp; &lt;more\\> | 2023-11-14T22:13:20.000Z |',
      '| 97.00 | c | 2023-11-14T22:13:20.000Z |',
    ]);
  });

  it('shows a value that fixed decimals would hide by its digits', () => {
    const table = tableOfRuns(columns('testLoss'), runs, context);
    expect(writeTable(table, 'markdown')).toContain('| 0.0500 |\n| **0.00001234** |');
  });
});

describe('groups of runs as a table', () => {
  const groups = groupRuns(
    [
      runRow({ id: 1, testAccuracy: 0.98 }),
      runRow({ id: 2, testAccuracy: 0.984, recipe: { seed: 2 } }),
      runRow({ id: 3, testAccuracy: null, state: 'diverged', recipe: { seed: 3 } }),
    ],
    'versionAndDepth',
    context,
  );
  const table = tableOfGroups(columns('name', 'depth', 'seed', 'testAccuracy'), groups, context);

  it('leaves out what differs within every group, and counts failures', () => {
    expect(writeTable(table, 'markdown').split('\n').slice(2, 5)).toEqual([
      '| Group | Runs | Depth | Test acc. (%) |',
      '| --- | ---: | ---: | ---: |',
      '| V2, 110 layers | 3 | 110 | 98.20 ± 0.28 (2, 1 failed) |',
    ]);
  });

  it('has each figure apart in CSV', () => {
    expect(writeTable(table, 'csv').split('\r\n')[1]).toMatch(
      /^"V2, 110 layers",3,110,98\.2,0\.28284271247\d*,2,.*,1$/,
    );
  });
});
