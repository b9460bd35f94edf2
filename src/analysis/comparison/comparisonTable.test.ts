import { expect, it } from 'vitest';
import { writeTable, type TableFormat } from '../tables/writeTable.ts';
import { compareRuns, differingFacts } from './comparison.ts';
import { sourcesOf } from './comparison.fixture.ts';
import { comparisonTable } from './comparisonTable.ts';

const sources = sourcesOf([
  [{ id: 1, name: 'a_1', recipe: { learningRate: 0.1, seed: 1 } }, [0.9, 0.95]],
  [{ id: 2, name: 'b', recipe: { learningRate: 0.1, seed: 2 } }, [0.91, 0.97]],
  [{ id: 3, name: 'c', recipe: { learningRate: 0.01, seed: 1 } }, [0.8, 0.9]],
  [{ id: 4, name: 'd', recipe: { learningRate: 0.01, seed: 2 }, state: 'stopped' }, [0.82]],
]);

function written(format: TableFormat, groupBy: readonly string[]): string {
  const comparison = compareRuns(sources, { groupBy, baseline: [1], atEpoch: null });
  return writeTable(comparisonTable(comparison, differingFacts(comparison), format), format);
}
const lineOf = (text: string, start: string) => text.split(/\r?\n/).find((line) => line.startsWith(start));

it('reads as it is shown, each value with its difference', () => {
  const text = written('markdown', []);
  expect(lineOf(text, '| Learning rate')).toBe('| Learning rate | 0.1 | 0.1 | – | 0.01 | – | 0.01 | – |');
  expect(lineOf(text, '| Test accuracy, last epoch')).toBe(
    '| Test accuracy, last epoch (%) | 95.00 | 97.00 | \\+2.00 points | 90.00 | −5.00 points | 82.00 | −13.00 points |',
  );
  expect(lineOf(text, '| Test accuracy, best epoch: its number')).toBe(
    '| Test accuracy, best epoch: its number | 2 | 2 | – | 2 | – | 1 | – |',
  );
  expect(text).toContain('Differences are to a\\_1');
});

it('has the mean of groups, who is left out, and the interval of differences', () => {
  const text = written('markdown', ['learningRate']);
  expect(lineOf(text, '| Test accuracy, last epoch')).toBe(
    '| Test accuracy, last epoch (%) | 96.0 ± 1.4 (2) | 90.00 (1) | −6.00 points |',
  );
  expect(text).toContain('Learning rate 0.01: left out run 4 (stopped)');
  expect(written('latex', ['learningRate'])).toContain('\\begin{tabular}');
});

it('has figures for programs, with the section of each row', () => {
  const csv = written('csv', ['learningRate']);
  expect(csv.split('\r\n')[0]).toContain('"Learning rate 0.01 less the baseline 95 % low"');
  expect(lineOf(csv, '"Results","Test accuracy, last epoch (%)"')).toMatch(
    /^"Results","Test accuracy, last epoch \(%\)",96,1\.414\d*,2,.*,90,,1,,,0,-6,,1,,,0$/,
  );
  const { rows } = JSON.parse(written('json', [])) as { rows: Record<string, unknown>[] };
  expect(rows.find(({ row }) => row === 'Learning rate')).toMatchObject({
    section: 'Recipe',
    'run 1': 0.1,
    'run 3': 0.01,
  });
});
