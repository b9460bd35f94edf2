import type { Comparison, FactRow } from '../analysis/comparison/comparison.ts';
import { comparisonNotes } from '../analysis/comparison/notes.ts';
import { deltaText, epochText, factText, resultText, SECTION_TITLES } from '../analysis/comparison/text.ts';
import { table } from './format.ts';

/** Letters of a cell; of a longer reason or note the runs' own page shows the rest. */
const MOST_LETTERS = 44;

/** A comparison for a terminal: a column a run or group, the rows section by section, notes below. */
export function comparisonText(comparison: Comparison, facts: readonly FactRow[]): string {
  const sections = [...Map.groupBy(facts, ({ section }) => section)].flatMap(([section, rows]) => [
    [SECTION_TITLES[section]],
    ...rows.map(({ label, unit, cells }) => [`  ${named(label, unit)}`, ...cells.map(factText)]),
  ]);
  const rows = [...sections, [SECTION_TITLES.results], ...resultRows(comparison)];
  const short = rows.map((row) => row.map(shortened));
  return [table(['', ...heads(comparison)], short), comparisonNotes(comparison).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heads({ columns, baselineKey }: Comparison): string[] {
  return columns.map(({ title, runs, isGroup, key }) => {
    const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
    const name = isGroup ? `${title} (${count})` : `${runs[0]!.id} ${title}`;
    return key === baselineKey ? `${name}, baseline` : name;
  });
}

/** A line of values and, where there is a baseline, one of differences to it. */
function resultRows({ columns, results }: Comparison): string[][] {
  return results.flatMap((row) => {
    const values = row.cells.map((cell, index) => {
      const epoch = row.isBest ? epochText(cell) : '';
      const text = resultText(row, cell, columns[index]!.isGroup);
      return epoch === '' ? text : `${text}, ${epoch}`;
    });
    const deltas = row.cells.map(({ delta }) => (delta === null ? '' : deltaText(row, delta)));
    const hasDeltas = deltas.some((text) => text !== '');
    return [
      [`  ${named(row.label, row.unit)}`, ...values],
      ...(hasDeltas ? [['    less the baseline', ...deltas]] : []),
    ];
  });
}

function named(label: string, unit: string): string {
  return unit === '' ? label : `${label} (${unit})`;
}

function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1)}…` : line;
}
