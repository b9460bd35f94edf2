import { EMPTY, tableColumn, type Table, type TableCell, type TableColumn } from '../tables/table.ts';
import { isForPrograms, type TableFormat } from '../tables/writeTable.ts';
import type { MeanDifference } from '../welch.ts';
import type { ComparisonColumn } from './columns.ts';
import type { Comparison, FactCell, FactRow, ResultRow } from './comparison.ts';
import { tableNotes } from './notes.ts';
import type { ResultCell } from './results.ts';
import { deltaText, epochText, factText, NOTHING, SECTION_TITLES } from './text.ts';

/**
 * A comparison as it is shown, the given facts above the results: a column a run or group, each but the baseline's with its
 * difference beside it. For reading that is a text with the half of its interval; for programs its figures, and the section of
 * every row.
 */
export function comparisonTable(comparison: Comparison, facts: readonly FactRow[], format: TableFormat): Table {
  const hasFigures = isForPrograms(format);
  const { columns, results, baselineKey } = comparison;
  const withDelta = columns.map(({ key }) => baselineKey !== null && key !== baselineKey);
  const row = ({ section, label, unit }: FactRow | ResultRow, cells: readonly (readonly TableCell[])[]) => [
    ...(hasFigures ? [text(SECTION_TITLES[section])] : []),
    text(unit === '' ? label : `${label} (${unit})`),
    ...cells.flat(),
  ];
  return {
    name: 'comparison',
    caption: captionOf(columns),
    columns: [
      ...(hasFigures ? [tableColumn({ id: 'section', head: 'Section', kind: 'text' })] : []),
      tableColumn({ id: 'row', head: hasFigures ? 'Row' : '', kind: 'text' }),
      ...columns.flatMap((column, index) => columnsOf(column, withDelta[index]!, hasFigures)),
    ],
    rows: [
      ...facts.map((fact) =>
        row(
          fact,
          fact.cells.map((cell, index) => [factCell(cell), ...(withDelta[index]! ? [EMPTY] : [])]),
        ),
      ),
      ...results.flatMap((result) => [
        row(
          result,
          result.cells.map((cell, index) => [
            resultCell(result, cell, columns[index]!),
            ...(withDelta[index]! ? [deltaCell(result, cell, hasFigures)] : []),
          ]),
        ),
        ...(result.isBest
          ? [
              row(
                { ...result, label: `${result.label}: its number`, unit: '' },
                result.cells.map((cell, index) => [epochCell(cell), ...(withDelta[index]! ? [EMPTY] : [])]),
              ),
            ]
          : []),
      ]),
    ],
    notes: tableNotes(comparison),
  };
}

/** Names that a caption may hold; more of them stand over the columns only. */
const NAMED_COLUMNS = 4;

function captionOf(columns: readonly ComparisonColumn[]): string {
  const groups = columns.some(({ isGroup }) => isGroup) ? 'groups of runs' : 'runs';
  const names = columns.map(({ title }) => title).join(', ');
  return `Comparison of ${columns.length > NAMED_COLUMNS ? `${columns.length} ${groups}` : names}`;
}

function columnsOf({ key, title, runs, isGroup }: ComparisonColumn, withDelta: boolean, hasFigures: boolean) {
  const head = isGroup ? title : `${runs[0]!.id} ${title}`;
  const kind = isGroup ? 'summary' : 'number';
  if (!withDelta) return [tableColumn({ id: key, head, kind })];
  const delta: TableColumn['kind'] = hasFigures ? 'summary' : 'text';
  return [
    tableColumn({ id: key, head: 'value', group: head, kind }),
    tableColumn({ id: `${key} delta`, head: 'less the baseline', group: head, kind: delta }),
  ];
}

function text(words: string): TableCell {
  return { kind: 'text', text: words };
}

function factCell(cell: FactCell): TableCell {
  if (cell.number !== null) return { kind: 'number', value: cell.number, decimals: null };
  const words = factText(cell);
  return words === NOTHING ? EMPTY : text(words);
}

function resultCell({ decimals }: ResultRow, cell: ResultCell, { isGroup }: ComparisonColumn): TableCell {
  const { n, mean, std, interval, leftOut } = cell;
  const failed = leftOut.filter(({ hasFailed }) => hasFailed).length;
  if (isGroup) return { kind: 'summary', n, mean, std, interval, failed, decimals };
  return mean === null ? EMPTY : { kind: 'number', value: mean, decimals };
}

/** Of one run a number, of several runs the first and last of theirs. */
function epochCell(cell: ResultCell): TableCell {
  const [only] = cell.epochs;
  if (only === undefined) return EMPTY;
  return cell.epochs.length === 1 ? { kind: 'number', value: only, decimals: null } : text(epochText(cell));
}

function deltaCell(row: ResultRow, { delta, n }: ResultCell, hasFigures: boolean): TableCell {
  if (delta === null) return EMPTY;
  return hasFigures ? deltaFigures(row, delta, n) : text(deltaText(row, delta));
}

/** `n` is that of the column's own runs. */
function deltaFigures({ decimals }: ResultRow, { difference, interval }: MeanDifference, n: number): TableCell {
  return { kind: 'summary', n, mean: difference, std: null, interval, failed: 0, decimals };
}
