import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, layoutsOf, selectColumns } from './arrange.ts';
import { EMPTY, tableColumn, type Table, type TableCell } from './table.ts';

const summary = (mean: number): TableCell => ({
  kind: 'summary',
  n: 3,
  mean,
  std: 0.1,
  interval: null,
  failed: 0,
  decimals: 2,
  isBest: false,
});
const number = (value: number): TableCell => ({ kind: 'number', value, decimals: null });
const text = (value: string): TableCell => ({ kind: 'text', text: value });

function groups(rows: readonly (readonly TableCell[])[]): Table {
  return {
    name: 'run-groups',
    caption: '',
    columns: [
      tableColumn({ id: 'group', head: 'Group', kind: 'text' }),
      tableColumn({ id: 'version', head: 'Version', kind: 'text' }),
      tableColumn({ id: 'depth', head: 'Depth', kind: 'number' }),
      tableColumn({ id: 'accuracy', head: 'Accuracy', unit: '%', kind: 'summary', better: 'higher' }),
    ],
    rows,
    notes: [],
  };
}

describe('the layouts of a table', () => {
  const table = groups([
    [text('a'), text('V1'), number(110), summary(91)],
    [text('b'), text('V2'), number(20), summary(92)],
    [text('c'), text('V2'), number(110), summary(93)],
  ]);

  it('are a row a depth and a column a version, the best mean of a row marked', () => {
    const { columns, rows } = arrange(table, 'paper')!;
    expect(columns.map(({ group, head, unit }) => [group, head, unit])).toEqual([
      ['', 'Depth', ''],
      ['Accuracy', 'V1', '%'],
      ['Accuracy', 'V2', '%'],
    ]);
    expect(rows).toEqual([
      [number(20), EMPTY, summary(92)],
      [number(110), summary(91), { ...summary(93), isBest: true }],
    ]);
  });

  it('are offered where the table has what they need', () => {
    expect(layoutsOf(table)).toEqual(['rows', 'paper']);
    expect(layoutsOf(arrange(table, 'paper')!)).toEqual(['rows', 'long']);
    const twice = groups([table.rows[0]!, table.rows[0]!]);
    expect(layoutsOf(twice)).toEqual(['rows']);
  });

  it('lose no mean between pivoted and long', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('V1', 'V2', 'V3')), {
      selector: String,
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, (chosen) => {
        const rows = chosen.map(([depth, version], index) => [
          text(String(index)),
          text(version),
          number(depth),
          summary(index),
        ]);
        const long = arrange(arrange(groups(rows), 'paper')!, 'long')!;
        const meansOf = (all: Table['rows'], order: readonly number[]) =>
          all
            .filter((cells) => cells[order[2]!]!.kind === 'summary')
            .map((cells) => order.map((index) => JSON.stringify(cells[index], ['text', 'value', 'mean'])).join())
            .sort();
        expect(meansOf(long.rows, [0, 1, 2])).toEqual(meansOf(rows, [2, 1, 3]));
      }),
    );
  });
});

it('shows chosen columns in their order', () => {
  const chosen = selectColumns(groups([[text('a'), text('V1'), number(8), summary(90)]]), ['depth', 'no', 'group']);
  expect(chosen.columns.map(({ id }) => id)).toEqual(['depth', 'group']);
  expect(chosen.rows).toEqual([[number(8), text('a')]]);
});
