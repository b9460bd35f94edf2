import { describe, expect, it } from 'vitest';
import { TABLE_OPTIONS } from './options.ts';
import { EMPTY, tableColumn, type SummaryCell, type Table } from './table.ts';
import { tableFileName, writeTable } from './writeTable.ts';

function summary(mean: number | null, std: number | null, n: number, failed = 0): SummaryCell {
  const interval = mean === null || std === null ? null : { low: mean - 2 * std, high: mean + 2 * std };
  return { kind: 'summary', mean, std, n, interval, failed, decimals: 2 };
}

const table: Table = {
  name: 'study-3',
  caption: 'A & B_1',
  columns: [
    tableColumn({ id: 'depth', head: 'Depth', kind: 'number' }),
    tableColumn({ id: 'v1', head: 'V1', group: 'Test accuracy', unit: '%', kind: 'summary' }),
    tableColumn({ id: 'v2', head: 'V2', group: 'Test accuracy', unit: '%', kind: 'summary' }),
    tableColumn({ id: 'state', head: 'State', kind: 'text' }),
  ],
  rows: [
    [
      { kind: 'number', value: 20, decimals: null },
      summary(95.14666666666666, 0.1814754, 3),
      { ...summary(96.12, 0.11, 3), isBest: true },
      { kind: 'text', text: '=A1' },
    ],
    [
      { kind: 'number', value: 1001, decimals: null },
      summary(null, null, 0, 1),
      { kind: 'empty', reason: 'diverged' },
      EMPTY,
    ],
  ],
  notes: ['V2 − V1 ≥ 0.'],
};

describe('a table as text', () => {
  it('reads in Markdown', () => {
    expect(writeTable(table, 'markdown')).toBe(`**A &amp; B\\_1**

| Depth | Test accuracy V1 (%) | Test accuracy V2 (%) | State |
| ---: | ---: | ---: | --- |
| 20 | 95.15 ± 0.18 (3) | **96.12 ± 0.11** (3) | \\=A1 |
| 1001 | – (0, 1 failed) | diverged | – |

Mean ± sample standard deviation (number of runs). Failed runs are counted, not averaged in. Bold marks the best.

V2 − V1 ≥ 0.
`);
  });

  it('has a head for neighbours and aligned figures in LaTeX', () => {
    expect(writeTable(table, 'latex')).toBe(`% \\usepackage{booktabs, siunitx}
\\begin{table}
  \\centering
  \\sisetup{uncertainty-mode=separate, mode=text, reset-text-series=false}
  \\caption{A \\& B\\_1}
  \\label{tab:study-3}
  \\begin{tabular}{S[table-format=4.0]S[table-format=2.2(2), table-space-text-post={~(0, 1 failed)}]S[table-format=2.2(2), table-space-text-post={~(3)}]l}
    \\toprule
     & \\multicolumn{2}{c}{Test accuracy (\\%)} &  \\\\
    \\cmidrule(lr){2-3}
    {Depth} & {V1} & {V2} & {State} \\\\
    \\midrule
    20 & 95.15 +- 0.18 {~(3)} & \\bfseries 96.12 +- 0.11 {~\\mdseries (3)} & =A1 \\\\
    1001 & {-- (0, 1 failed)} & {diverged} & -- \\\\
    \\bottomrule
  \\end{tabular}
  \\par\\smallskip
  \\noindent\\begin{minipage}{\\linewidth}
    \\footnotesize
    Mean $\\pm$ sample standard deviation (number of runs). Failed runs are counted, not averaged in. Bold marks the best.
    \\par V2 $-$ V1 $\\geq$ 0.
  \\end{minipage}
\\end{table}
`);
  });

  it('sets formulas in LaTeX where siunitx is not wanted', () => {
    const text = writeTable(table, 'latex', { ...TABLE_OPTIONS, siunitx: false });
    expect(text).toContain('% \\usepackage{booktabs}\n');
    expect(text).toContain('  \\begin{tabular}{rrrl}\n');
    expect(text).toContain('    20 & $95.15 \\pm 0.18$ (3) & $\\mathbf{96.12} \\pm 0.11$ (3) & =A1 \\\\\n');
    expect(text).not.toContain('sisetup');
  });

  it('leaves room in LaTeX for a spread of more than one', () => {
    const wide = {
      ...table,
      rows: [table.rows[0]!, [...table.rows[0]!.slice(0, 1), summary(25, 11.2, 5), EMPTY, EMPTY]],
    };
    expect(writeTable(wide, 'latex')).toContain('S[table-format=2.2(4), table-space-text-post={~(3)}]');
  });

  it('breaks over pages in LaTeX where it is long', () => {
    const long = { ...table, rows: Array.from({ length: 41 }, () => table.rows[0]!) };
    expect(writeTable(long, 'latex')).toContain('% \\usepackage{booktabs, longtable, siunitx}\n');
    expect(writeTable(long, 'latex')).toContain('\\endfirsthead');
  });

  it('sets long texts in paragraphs in LaTeX, and counts their lines', () => {
    const reasons: Table = {
      ...table,
      columns: table.columns.slice(2),
      rows: Array.from({ length: 15 }, () => [EMPTY, { kind: 'text', text: 'The loss is NaN. '.repeat(6) }]),
    };
    const text = writeTable({ ...reasons, rows: reasons.rows.slice(0, 5) }, 'latex');
    expect(text).toContain('% \\usepackage{array, booktabs, siunitx}\n');
    expect(text).toContain('\\begin{tabular}{r>{\\raggedright\\arraybackslash}p{0.45\\linewidth}}');
    expect(writeTable(reasons, 'latex')).toContain('\\begin{longtable}');
  });

  it('has a column for each figure in CSV, in full precision', () => {
    expect(writeTable(table, 'csv').split('\r\n')).toEqual([
      '"Depth","Test accuracy V1 mean (%)","Test accuracy V1 std (%)","Test accuracy V1 n",' +
        '"Test accuracy V1 95 % low (%)","Test accuracy V1 95 % high (%)","Test accuracy V1 failed",' +
        '"Test accuracy V2 mean (%)","Test accuracy V2 std (%)","Test accuracy V2 n",' +
        '"Test accuracy V2 95 % low (%)","Test accuracy V2 95 % high (%)","Test accuracy V2 failed","State"',
      '20,95.1466666666667,0.1814754,3,94.7837158666667,95.5096174666667,0,96.12,0.11,3,95.9,96.34,0,"\'=A1"',
      '1001,,,0,,,1,"diverged",,,,,,',
      '',
    ]);
  });

  it('has typed values in JSON', () => {
    const { rows, ...rest } = JSON.parse(writeTable(table, 'json')) as { rows: Record<string, unknown>[] };
    expect(rest).toMatchObject({ name: 'study-3', caption: 'A & B_1', columns: table.columns, notes: table.notes });
    expect(rows[0]).toMatchObject({ depth: 20, v2: { mean: 96.12, std: 0.11, n: 3, failed: 0 }, state: '=A1' });
    expect(rows[1]).toEqual({
      depth: 1001,
      v1: { mean: null, std: null, n: 0, interval: null, failed: 1 },
      v2: { reason: 'diverged' },
      state: null,
    });
  });

  it('shows the interval, fixed decimals and no bold where that is asked for', () => {
    const options = { ...TABLE_OPTIONS, spread: 'interval', decimals: 1, boldBest: false } as const;
    const text = writeTable(table, 'markdown', options);
    expect(text).toContain('| 20 | 95.1 ± 0.4 (3) | 96.1 ± 0.2 (3) | \\=A1 |');
    expect(text).toContain('half of the two-sided 95 % Student t interval');
    expect(text).not.toContain('Bold');
    expect(writeTable(table, 'markdown', { ...options, spread: 'none' })).toContain('| 95.1 (3) | 96.1 (3) |');
    expect(writeTable(table, 'latex', { ...options, notes: false })).not.toContain('minipage');
  });

  it('leaves powers of ten to \\num, and says what is not finite', () => {
    const numbers = [1e-7, 0.1, -0.5, Number.NaN, Number.POSITIVE_INFINITY];
    const rates: Table = {
      ...table,
      columns: [tableColumn({ id: 'rate', head: 'LR', kind: 'number' })],
      rows: numbers.map((value) => [{ kind: 'number', value, decimals: null }]),
      notes: [],
    };
    const latex = writeTable(rates, 'latex');
    expect(latex).toContain('\\begin{tabular}{r}');
    expect(latex).toContain('\\num{1e-7} \\\\');
    expect(latex).toContain('$\\infty$ \\\\');
    expect(writeTable({ ...rates, rows: rates.rows.slice(1) }, 'latex')).toContain('{S[table-format=-1.1]}');
    expect(writeTable(rates, 'markdown')).toContain('| 1e−7 |\n| 0.1 |\n| −0.5 |\n| NaN |\n| ∞ |\n');
    expect(writeTable(rates, 'csv')).toBe('"LR"\r\n1e-7\r\n0.1\r\n-0.5\r\n"NaN"\r\n"Infinity"\r\n');
    expect((JSON.parse(writeTable(rates, 'json')) as { rows: unknown[] }).rows[3]).toEqual({ rate: 'NaN' });
  });

  it('has powers of ten for means that decimals cannot show', () => {
    const losses: Table = {
      ...table,
      columns: [tableColumn({ id: 'loss', head: 'Loss', kind: 'summary' })],
      rows: [[summary(3.94e16, 7.88e16, 4)], [summary(-2e-9, 1e-9, 3)], [summary(1.2e-6, null, 1)]],
    };
    const markdown = writeTable(losses, 'markdown');
    expect(markdown).toContain('| 3.9e16 ± 7.9e16 (4) |\n| −2.0e−9 ± 1.0e−9 (3) |\n| 0.0000012 (1) |');
    expect(writeTable(losses, 'latex')).toContain('\\num{3.9e16} $\\pm$ \\num{7.9e16} (4) \\\\');
    const plain = writeTable(losses, 'latex', { ...TABLE_OPTIONS, siunitx: false });
    expect(plain).toContain('$-2.0 \\cdot 10^{-9} \\pm 1.0 \\cdot 10^{-9}$ (3)');
  });

  it('has no ± of equal runs, and says why', () => {
    const equal: SummaryCell = { ...summary(100, 0, 3), interval: null };
    const pair = { ...table, rows: [[...table.rows[0]!.slice(0, 2), equal, EMPTY]] };
    const markdown = writeTable(pair, 'markdown');
    expect(markdown).toContain('| 20 | 95.15 ± 0.18 (3) | 100.00 (3) | – |');
    expect(markdown).toContain('Where a mean of several runs has no ±, all of them have the same result');
    expect(writeTable(pair, 'latex')).toContain(' & 100.00 {~(3)} & ');
    expect(writeTable(pair, 'latex', { ...TABLE_OPTIONS, siunitx: false })).toContain(' & 100.00 (3) & ');
    const figures = '100,0,3,,,0';
    expect(writeTable(pair, 'csv').split('\r\n')[1]).toContain(figures);
    expect((JSON.parse(writeTable(pair, 'json')) as { rows: unknown[] }).rows[0]).toMatchObject({
      v2: { mean: 100, std: 0, n: 3, interval: null },
    });
    expect(writeTable(table, 'markdown')).not.toContain('has no ±');
    expect(writeTable(pair, 'markdown', { ...TABLE_OPTIONS, spread: 'none' })).not.toContain('has no ±');
  });

  it('is a file with the ending of its format', () => {
    expect(tableFileName(table, 'latex')).toBe('study-3.tex');
  });
});
