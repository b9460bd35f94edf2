import { describe, expect, it } from 'vitest';
import type { ReferenceSeries } from '../../../contract/reference.ts';
import { runRow } from '../../runRow.fixture.ts';
import { exportReportTables, exportStudyReport } from '../exportStudyReport.ts';
import { fewRuns, reportOf } from '../studyReport.fixture.ts';

const paper: ReferenceSeries = {
  id: 'paper',
  data: 'digits',
  title: 'A paper',
  source: 'A paper, table 1',
  caution: 'Single runs.',
  kind: 'paper',
  network: { family: 'cifar' },
  statistic: 'mean',
  result: 'last',
  recipe: null,
  incomparable: null,
  isAblation: false,
  points: [{ version: 'v1', depth: 20, errorPercent: 8.75, spread: 0.16, runs: 5 }],
};
const other = { ...paper, id: 'other', title: 'Another paper', data: 'cifar10' };

/** The rows of a file of the report by its name, head first. */
function rowsOf(report: ReturnType<typeof reportOf>, name: string): string[] {
  const file = exportReportTables(report).find(({ fileName }) => fileName === `study-4-testAccuracy-${name}.csv`);
  return file!.text.trimEnd().split('\r\n');
}

describe('the tables of a report in CSV', () => {
  const report = reportOf(fewRuns, [paper, other]);

  it('are a file each', () => {
    const names = exportReportTables(report).map(({ fileName }) => fileName.replace('study-4-testAccuracy-', ''));
    expect(names).toEqual([
      'means.csv',
      'differences.csv',
      'fits.csv',
      'published.csv',
      'resources.csv',
      'failures.csv',
    ]);
  });

  it('have a row for each mean, and failures counted', () => {
    expect(rowsOf(report, 'means')).toEqual([
      '"Depth","Series","Test accuracy mean (%)","Test accuracy std (%)","Test accuracy n",' +
        '"Test accuracy 95 % low (%)","Test accuracy 95 % high (%)","Test accuracy failed"',
      expect.stringMatching(/^20,"V1",91\.5,0\.7071\d*,2,.*,1$/),
      expect.stringMatching(/^20,"V2",92\.4,1\.2,3,.*,0$/),
    ]);
  });

  it('have every figure of a difference, a small p too', () => {
    const [heads, row] = rowsOf(report, 'differences');
    expect(heads).toContain('"BCa low (points)","BCa high (points)","Paired t test t"');
    const [name, depth, pairs, mean] = row!.split(',');
    expect([name, depth, pairs, mean]).toEqual(['"V2 − V1"', '20', '2', '0.3']);
    expect(row).toMatch(/,3,1,0\.2\d*,0\.2\d*$/);
  });

  it('have every published series, with what keeps it apart', () => {
    const [, own, apart] = rowsOf(report, 'published');
    expect(own).toMatch(
      /^"A paper","V1",20,"A paper, table 1",8\.75,0\.16,5,8\.5,2,,,"not comparable","Not comparable: /,
    );
    expect(apart).toBe(
      '"Another paper","",,"A paper, table 1",,,,,,,,"not comparable","Another data set: CIFAR-10, here the digits"',
    );
  });

  it('have runs without a result, and their heads where there is none', () => {
    expect(rowsOf(report, 'failures')).toEqual([
      '"Series","Depth","Seed","Run","Outcome","Reason"',
      '"V1",20,3,3,"failed","diverged: the loss is NaN at step 9 | <b>"',
    ]);
    expect(rowsOf(reportOf([runRow({ recipe: { seed: 1 } })]), 'failures')).toHaveLength(1);
    expect(rowsOf(report, 'fits')).toHaveLength(1);
  });
});

describe('the tables of a report in LaTeX', () => {
  const { fileName, text } = exportStudyReport(reportOf(fewRuns, [paper, other]), 'latex');

  it('are one file with the packages of all', () => {
    expect(fileName).toBe('study-4-testAccuracy-report.tex');
    expect(text.split('\n')[0]).toBe('% \\usepackage{array, booktabs, siunitx}');
    expect(text.match(/\\label\{tab:[^}]+\}/g)).toEqual([
      '\\label{tab:study-4-testAccuracy}',
      '\\label{tab:study-4-testAccuracy-differences}',
      '\\label{tab:study-4-testAccuracy-bootstrap}',
      '\\label{tab:study-4-testAccuracy-published}',
      '\\label{tab:study-4-testAccuracy-resources}',
      '\\label{tab:study-4-testAccuracy-failures}',
    ]);
  });

  it('say in a paragraph what has no rows', () => {
    expect(text).toContain('\\paragraph{a \\textbar{} b: fits against depth.} V1: no fit');
    expect(text).toContain(
      'V1: no fit, results at 20 layers only; a line needs 3 depths; 1 run without a result left out.',
    );
    expect(exportStudyReport(reportOf([runRow()]), 'latex').text).toContain('Every run that has ended has a result.');
  });
});
