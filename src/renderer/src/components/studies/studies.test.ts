import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { studyTable } from '../../../../analysis/studyTable.ts';
import { depthLines } from './depthLines.ts';
import { headline } from './headline.ts';

const run = (id: number, version: 'v1' | 'v2', depth: number, seed: number, testAccuracy: number) =>
  runRow({ id, network: { version, depth, block: 'basic' }, recipe: { seed }, testAccuracy });
const table = (runs: Parameters<typeof studyTable>[0]['runs']) =>
  studyTable({ studyId: 1, name: 'Study', metric: 'testAccuracy', runs });

const runs = [
  run(1, 'v1', 8, 1, 0.9),
  run(2, 'v2', 8, 1, 0.9),
  run(3, 'v1', 20, 1, 0.8),
  run(4, 'v1', 20, 2, 0.82),
  run(5, 'v2', 20, 1, 1),
];

describe('headline', () => {
  it('is what the deepest networks reached', () => {
    expect(headline(table(runs))).toMatchObject({
      depth: 20,
      cells: [
        { series: 'v1', label: 'V1', figure: '81.0 ± 1.4', count: '(2)' },
        { series: 'v2', label: 'V2', figure: '100.00', count: '(1)' },
      ],
      outcome: 'Too few pairs',
    });
  });

  it('compares nothing where there is one version', () => {
    expect(headline(table(runs.slice(0, 1)))).toMatchObject({ outcome: null, verdict: '' });
    expect(headline(table([]))).toBeNull();
  });
});

describe('depthLines', () => {
  it('spans the box, the best value at the top', () => {
    expect(depthLines(table(runs), 108, 28)).toEqual([
      {
        series: 'v1',
        points: [
          [4, expect.closeTo(14.53, 1)],
          [104, 24],
        ],
      },
      {
        series: 'v2',
        points: [
          [4, expect.closeTo(14.53, 1)],
          [104, 4],
        ],
      },
    ]);
  });

  it('sets a single depth in the middle and leaves out what has no result', () => {
    expect(depthLines(table(runs.slice(0, 1)), 108, 28)).toEqual([{ series: 'v1', points: [[54, 14]] }]);
    expect(depthLines(table([]), 108, 28)).toEqual([]);
  });
});
