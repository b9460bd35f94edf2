import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { StudyRecord } from '../../contract/study.ts';
import { runRow } from '../runRow.fixture.ts';
import { studyTable } from '../studyTable.ts';
import { exportStudyReport } from './exportStudyReport.ts';
import { studyReport } from './studyReport.ts';

const runs = (['v1', 'v2'] as const).flatMap((version) =>
  [1, 2, 3].map((seed) => {
    const diverged = version === 'v1' && seed === 3;
    return runRow({
      id: seed + (version === 'v1' ? 0 : 10),
      network: { version, depth: 20, block: 'basic' },
      recipe: { seed },
      state: diverged ? 'diverged' : 'finished',
      reason: diverged ? 'the loss is NaN at step 9 | <b>' : '',
      testAccuracy: 0.9 + seed / 100 + (version === 'v2' ? seed / 500 : 0),
    });
  }),
);

const report = studyReport({
  study: { id: 4, name: 'a | b', request: parse(StudyRecord, { depths: [20] }), createdAt: 0 },
  table: studyTable({ studyId: 4, name: 'a | b', metric: 'testAccuracy', images: 360, runs }),
  runs,
  data: undefined,
  references: [],
  environments: [[{ name: 'device', value: 'CPU' }]],
  applicationVersion: '1.2.3',
});

it('has every part, and names what has no result with its reason', () => {
  const { fileName, text } = exportStudyReport(report, 'markdown');
  expect(fileName).toBe('study-4-testAccuracy-report.md');
  const heads = text.split('\n').filter((line) => line.startsWith('#'));
  expect(heads).toEqual([
    '# Study 4: a \\| b',
    '## What was asked',
    '## Test accuracy (%)',
    '## Differences at each depth',
    '## Runs without a result',
    '## Against depth',
    '## Published figures',
    '## Time and memory',
    '## Made with',
  ]);
  expect(text).toContain('- V1, 20 layers, seed 3 (run 3): diverged: the loss is NaN at step 9 \\| &lt;b\\>');
  expect(text).toContain(
    '| V2 − V1 | 20 | 2 | 0.30 | −1.0 to +1.6 | +0.208 to +0.393 | +0.208 to +0.393 | t(1) = 3.00, p = 0.2 | 0.2 |',
  );
  expect(text).toContain('One difference is tested (20 layers), so nothing is adjusted.');
  expect(text).toContain(
    '- V1: no fit, results at 20 layers only; a line needs 3 depths; 1 run without a result left out.',
  );
  expect(text).toContain('npm start -- study --depths 20');
  expect(text).toContain('Depthlab 1.2.3');
});

it('is whole in JSON, and the paired table in LaTeX and CSV', () => {
  expect(JSON.parse(exportStudyReport(report, 'json').text)).toEqual(report);
  expect(exportStudyReport(report, 'latex').text).toContain('\\toprule');
  expect(exportStudyReport(report, 'csv').fileName).toBe('study-4-testAccuracy.csv');
});
