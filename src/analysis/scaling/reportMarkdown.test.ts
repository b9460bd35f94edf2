import { expect, it } from 'vitest';
import { exportStudyReport } from './exportStudyReport.ts';
import { fewRuns, reportOf } from './studyReport.fixture.ts';

const report = reportOf(fewRuns);

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

it('is whole in JSON', () => {
  expect(JSON.parse(exportStudyReport(report, 'json').text)).toEqual(report);
});
