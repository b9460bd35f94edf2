import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { studyTable } from '../studyTable.ts';
import { tableOfStudy } from './tableOfStudy.ts';
import { writeTable } from './writeTable.ts';

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

describe("a study's table", () => {
  it('has a row a depth, the best mean in bold, failures counted, and the verdicts below', () => {
    const study = studyTable({ studyId: 3, name: 'A & B_1', metric: 'testAccuracy', runs: [...runs, failed] });
    const table = tableOfStudy(study);
    expect(table.name).toBe('study-3-testAccuracy');
    expect(writeTable(table, 'markdown')).toBe(`**A &amp; B\\_1: Test accuracy by depth**

| Depth | Test accuracy V1 (%) | Test accuracy V2 (%) | V2 − V1 (points) |
| ---: | ---: | ---: | ---: |
| 20 | 95.15 ± 0.18 (3) | **96.12 ± 0.11** (3) | 0.97 ± 0.15 (3) |
| 44 | – (0, 1 failed) | – | – |

Mean ± sample standard deviation (number of runs). Failed runs are counted, not averaged in. Bold marks the best.

A difference is taken over the seeds that both finished.

Depth 20: V2 is better by 0.97 ± 0.38 points (n = 3 pairs, 95 % interval excludes 0).
`);
    expect(writeTable(table, 'csv').split('\r\n')[2]).toBe('44,,,0,,,1,,,,,,,,,,,,');
  });

  it('marks the smaller loss', () => {
    const losses = runs.map((run) => ({ ...run, testLoss: run.network.version === 'v1' ? 0.2 : 0.3 }));
    const table = tableOfStudy(studyTable({ studyId: 3, name: 'A', metric: 'testLoss', runs: losses }));
    expect(table.rows[0]!.map((cell) => 'isBest' in cell && cell.isBest)).toEqual([false, true, false, false]);
    expect(table.columns.map(({ unit }) => unit)).toEqual(['', '', '', '']);
  });
});
