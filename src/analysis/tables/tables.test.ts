import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { studyTable } from '../studyTable.ts';
import { csv } from './csv.ts';
import { exportStudyTable } from './index.ts';
import { escapeLatex } from './latex.ts';
import { escapeMarkdown } from './markdown.ts';

const ACCURACIES = { v1: [0.9512, 0.9534, 0.9498], v2: [0.9601, 0.9622, 0.9613] };
const runs = (['v1', 'v2'] as const).flatMap((version) =>
  ACCURACIES[version].map((testAccuracy, index) =>
    runRow({
      id: index + (version === 'v1' ? 1 : 4),
      network: { version, depth: 20, block: 'basic' },
      recipe: { seed: index + 1 },
      testAccuracy,
    }),
  ),
);
const failed = runRow({
  id: 9,
  network: { version: 'v1', depth: 44, block: 'basic' },
  state: 'diverged',
  reason: 'NaN',
});
const table = studyTable({ studyId: 3, name: 'A & B_1', metric: 'testAccuracy', runs: [...runs, failed] });

describe('the table for the paper', () => {
  it('reads in Markdown', () => {
    expect(exportStudyTable(table, 'markdown')).toEqual({
      fileName: 'study-3-testAccuracy.md',
      text: `**A &amp; B\\_1**: Test accuracy (%)

| Depth | V1 | V2 | V2 − V1 |
| ---: | ---: | ---: | ---: |
| 20 | 95.15 ± 0.18 (3) | **96.12 ± 0.11** (3) | 0.97 ± 0.15 (3) |
| 44 | – (0, 1 failed) | – | – |

Mean ± sample standard deviation (number of seeds). A difference is taken over the seeds that both finished. Failed runs are counted, not averaged in.

- Depth 20: V2 is better by 0.97 ± 0.38 points (n = 3 pairs, 95 % interval excludes 0).
`,
    });
  });

  it('reads in LaTeX', () => {
    expect(exportStudyTable(table, 'latex').text).toBe(`\\begin{table}
  \\centering
  \\caption{A \\& B\\_1: Test accuracy (\\%), mean $\\pm$ sample standard deviation (number of seeds).}
  \\begin{tabular}{rlll}
    \\toprule
    Depth & V1 & V2 & V2 $-$ V1 \\\\
    \\midrule
    20 & $95.15 \\pm 0.18$ (3) & $\\mathbf{96.12} \\pm 0.11$ (3) & $0.97 \\pm 0.15$ (3) \\\\
    44 & -- (0, 1 failed) & -- & -- \\\\
    \\bottomrule
  \\end{tabular}
\\end{table}
`);
  });

  it('has a column for each figure in CSV', () => {
    const [heads, first, second] = exportStudyTable(table, 'csv').text.split('\r\n');
    expect(heads!.split(',').slice(0, 5)).toEqual(['"study"', '"metric"', '"depth"', '"V1 mean"', '"V1 std"']);
    expect(first!.split(',').slice(0, 4)).toEqual(['"A & B_1"', '"Test accuracy (%)"', '20', '95.1466666667']);
    expect(second).toBe('"A & B_1","Test accuracy (%)",44,,,0,,,1,,,0,,,0,,,0,,,""');
  });

  it('is whole in JSON', () => {
    expect(JSON.parse(exportStudyTable(table, 'json').text)).toEqual(table);
  });
});

describe('what users wrote', () => {
  it('is never a formula in CSV, and comes back as it was', () => {
    const starts = fc.constantFrom('', ' ', '=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠', '"', ',');
    const texts = fc.tuple(starts, starts, fc.string()).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const line = csv([[text]]);
        expect(line.startsWith('"')).toBe(true);
        expect(line.endsWith('"\r\n')).toBe(true);
        const content = line.slice(1, -3).replaceAll('""', '"');
        expect(content === text || content === `'${text}`).toBe(true);
        expect(content).not.toMatch(/^[\s\0]*[=+\-@\0＝＋－＠]/);
        expect(line.slice(1, -3).replaceAll('""', '')).not.toContain('"');
      }),
      { numRuns: 1000 },
    );
    expect(csv([[-0.5, null, 3, Number.NaN]])).toBe('-0.5,,3,"NaN"\r\n');
  });

  it('has no power in LaTeX and Markdown', () => {
    expect(escapeLatex('\\input{x} 50% $a_b$\n~')).toBe(
      '\\textbackslash{}input\\{x\\} 50\\% \\$a\\_b\\$ \\textasciitilde{}',
    );
    expect(escapeMarkdown('<b>|[x](y)\n# z')).toBe('&lt;b\\>\\|\\[x\\]\\(y\\) \\# z');
  });
});
