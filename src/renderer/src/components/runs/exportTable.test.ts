import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import type { RunHealth } from '../../../../contract/health.ts';
import { RUN_COLUMNS } from './columns.ts';
import { formatTable, tableOfGroups, tableOfRuns } from './exportTable.ts';
import { groupRuns } from './groups.ts';

const context = { studyNames: new Map<number, string>(), health: new Map<number, RunHealth>() };
const columns = (...ids: string[]) => ids.map((id) => RUN_COLUMNS.find((column) => column.id === id)!);

describe('the runs table as text', () => {
  const runs = [
    runRow({ name: '=1+1', testAccuracy: 0.98, elapsedMs: 61_500 }),
    runRow({ name: 'a_b | 50 % & <more>', testAccuracy: null, elapsedMs: 0 }),
  ];
  const shown = columns('name', 'testAccuracy', 'duration');

  it('is in CSV what a spreadsheet calculates with, and no formula', () => {
    expect(formatTable(tableOfRuns(shown, runs, context), 'csv')).toBe(
      '"Name","Test acc. (%)","Duration (s)"\r\n"\'=1+1",98,61.5\r\n"a_b | 50 % & <more>",,\r\n',
    );
  });

  it('keeps the columns and the order that are shown', () => {
    const table = tableOfRuns(columns('duration', 'name'), runs, context);
    expect(table.heads).toEqual(['Duration (h:mm:ss)', 'Name']);
    expect(table.texts[0]).toEqual(['1:02', '=1+1']);
  });

  it('is Markdown in which no text is markup', () => {
    const lines = formatTable(tableOfRuns(shown, runs, context), 'markdown').split('\n');
    expect(lines[1]).toBe('| --- | ---: | ---: |');
    expect(lines[3]).toBe('| a\\_b \\| 50 % &amp; &lt;more\\> |  |  |');
  });

  it('is LaTeX in which no text is a command', () => {
    const text = formatTable(tableOfRuns(shown, runs, context), 'latex');
    expect(text).toContain('\\begin{tabular}{lrr}');
    expect(text).toContain('a\\_b \\textbar{} 50 \\% \\& \\textless{}more\\textgreater{} &  &  \\\\');
  });
});

describe('the groups of the runs table as text', () => {
  const groups = groupRuns(
    [runRow({ id: 1, testAccuracy: 0.98 }), runRow({ id: 2, testAccuracy: 0.984, recipe: { seed: 2 } })],
    'versionAndDepth',
    context,
  );
  const table = tableOfGroups(columns('name', 'depth', 'seed', 'testAccuracy'), groups, context);

  it('leaves out what differs within every group', () => {
    expect(table.heads).toEqual(['Group', 'Runs', 'Depth', 'Test acc. (%)']);
    expect(table.texts).toEqual([['V2, 110 layers', '2', '110', '98.20 ± 0.28 (2)']]);
  });

  it('has mean, std and n apart in CSV', () => {
    const [heads, row] = formatTable(table, 'csv').split('\r\n');
    expect(heads).toBe('"Group","Runs","Depth","Test acc. (%) mean","Test acc. (%) std","Test acc. (%) n"');
    expect(row).toMatch(/^"V2, 110 layers",2,110,98\.2,0\.28284271247\d*,2$/);
  });

  it('prints ± as mathematics in LaTeX', () => {
    expect(formatTable(table, 'latex')).toContain('98.20 $\\pm$ 0.28 (2)');
  });
});
