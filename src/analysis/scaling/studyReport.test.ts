import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../contract/runState.ts';
import { StudyRecord, type TableMetric } from '../../contract/study.ts';
import { StudyReport } from '../../contract/studyReport.ts';
import { runRow } from '../runRow.fixture.ts';
import { studyTable } from '../studyTable.ts';
import { studyReport } from './studyReport.ts';

const ERRORS = {
  v1: { 20: [0.08, 0.082, 0.081], 44: [0.07, 0.072, 0.071], 110: [0.066, 0.067, 0.071] },
  v2: { 20: [0.081, 0.08, 0.082], 44: [0.069, 0.072, 0.07], 110: [0.05, 0.051, 0.056] },
} as const;

function run(version: 'v1' | 'v2', depth: number, seed: number, error: number, state: RunState = 'finished') {
  return runRow({
    id: depth * 10 + seed + (version === 'v1' ? 0 : 5000),
    network: { version, depth, block: 'basic' },
    recipe: { seed },
    state,
    reason: state === 'finished' ? '' : 'the loss is NaN',
    testAccuracy: 1 - error,
    elapsedMs: 1000 * depth + 10 * seed,
  });
}

function report(
  metric: TableMetric,
  depths: readonly (20 | 44 | 110)[] = [20, 44, 110],
  more = [] as ReturnType<typeof run>[],
) {
  const runs = (['v1', 'v2'] as const).flatMap((version) =>
    depths.flatMap((depth) => ERRORS[version][depth].map((error, seed) => run(version, depth, seed, error))),
  );
  const all = [...runs, ...more];
  return studyReport({
    study: { id: 1, name: 'study', request: parse(StudyRecord, { depths: [...depths] }), createdAt: 0 },
    table: studyTable({ studyId: 1, name: 'study', metric, runs: all, images: 360 }),
    runs: all,
    data: undefined,
    references: [],
    environments: [
      [{ name: 'device', value: 'CPU' }],
      [
        { name: 'device', value: 'GPU' },
        { name: 'host', value: 'one' },
      ],
      [{ name: 'device', value: 'CPU' }],
    ],
    applicationVersion: '0.0.0',
  });
}

describe('the report of a study', () => {
  it('is what the contract says', () => {
    expect(() => parse(StudyReport, report('testError'))).not.toThrow();
  });

  it('tests each depth and says what is left when all tests count', () => {
    const { differences, testsSentence } = report('testError');
    expect(differences.map(({ depth }) => depth)).toEqual([20, 44, 110]);
    const [shallow, , deep] = differences;
    expect(shallow!.test!.p).toBeGreaterThan(0.5);
    expect(deep!.test!.p).toBeLessThan(0.01);
    expect(deep!.adjustedP).toBeCloseTo(3 * deep!.test!.p, 12);
    expect(testsSentence).toMatch(
      /^3 differences are 3 tests: .* a chance of about 14 %\. With Holm's adjustment V2 is better than V1 at 110 layers \(adjusted p = 0\.00\d+\)$/,
    );
  });

  it('fits a line and a power law to three depths, for each version', () => {
    const { fits, withoutFit } = report('testError');
    expect(withoutFit).toEqual([]);
    expect(fits.map(({ series, isPowerLaw, n }) => [series, isPowerLaw, n])).toEqual([
      ['v1', false, 9],
      ['v1', true, 9],
      ['v2', false, 9],
      ['v2', true, 9],
    ]);
    const v2 = fits[2]!;
    expect(v2.slopeInterval.high).toBeLessThan(0);
    expect(v2.sentence).toMatch(/^V2: −1\.\d+ points each time the depth doubles \(95 % interval −/);
    expect(v2.line[0]!.depth).toBeCloseTo(20, 9);
    expect(v2.line.at(-1)!.depth).toBeCloseTo(110, 9);
    const [first] = fits[3]!.line;
    expect(first!.low).toBeGreaterThan(0);
    expect(report('testAccuracy').fits[1]!.slope).toBeCloseTo(-v2.slope, 9);
  });

  it('fits nothing to two depths, and names runs that are missing', () => {
    const { fits, withoutFit } = report('testError', [20, 44], [run('v2', 110, 1, 0.9, 'diverged')]);
    expect(fits).toEqual([]);
    expect(withoutFit).toEqual([
      'V1: no fit, results at 20 and 44 layers only; a line needs 3 depths',
      'V2: no fit, results at 20 and 44 layers only; a line needs 3 depths; 1 run without a result left out',
    ]);
  });

  it('has time and memory of finished runs, the environment and the command', () => {
    const { resources, environment, commands } = report('testAccuracy', [20], [run('v1', 20, 9, 0.9, 'failed')]);
    expect(resources[0]).toMatchObject({ series: 'v1', depth: 20, n: 3, parameters: 1_730_522 });
    expect(resources[0]!.figures[0]).toMatchObject({ metric: 'trainingTime', n: 3, mean: 20_010 });
    expect(environment).toEqual([
      { name: 'device', values: ['CPU', 'GPU'] },
      { name: 'host', values: ['one'] },
    ]);
    expect(commands).toEqual(['npm start -- study --depths 20']);
  });
});
