import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from '../../src/analysis/scaling/bootstrap.ts';
import { leastSquares } from '../../src/analysis/scaling/leastSquares.ts';
import { normalProbability, normalQuantile } from '../../src/analysis/scaling/normal.ts';
import { pairedTest } from '../../src/analysis/scaling/pairedTest.ts';
import { predictionInterval } from '../../src/analysis/scaling/prediction.ts';
import { studentInterval } from '../../src/analysis/seeds.ts';
import { twoSidedStudentProbability } from '../../src/analysis/studentQuantile.ts';
import reference from './fixtures/statistics.json' with { type: 'json' };

interface Interval {
  readonly low: number;
  readonly high: number;
}

function expectInterval(actual: Interval, { low, high }: Interval): void {
  expect(actual.low).toBeCloseTo(low, 8);
  expect(actual.high).toBeCloseTo(high, 8);
}

describe('statistics of studies agree with SciPy', () => {
  it.each(reference.bootstrap)('bootstrap of $values over all resamples', ({ values, percentile, bca }) => {
    const intervals = bootstrapIntervals(values)!;
    expect(intervals.isExact).toBe(true);
    expectInterval(intervals.percentile, percentile);
    expectInterval(intervals.bca, bca);
  });

  it.each(reference.paired)('ttest_rel of $v1.length pairs', ({ v1, v2, t, p, ...interval }) => {
    const differences = v2.map((value, index) => value - v1[index]!);
    const test = pairedTest(differences)!;
    expect(test.t).toBeCloseTo(t, 8);
    expect(test.p).toBeCloseTo(p, 8);
    expectInterval(studentInterval(differences), interval);
  });

  it.each(reference.lines)('linregress of $xs.length points', (line) => {
    const fit = leastSquares(line.xs, line.ys)!;
    expect(fit.slope).toBeCloseTo(line.slope, 10);
    expect(fit.intercept).toBeCloseTo(line.intercept, 9);
    expectInterval(fit.slopeInterval, line);
    expect(fit.p).toBeCloseTo(line.p, 8);
    expect(fit.rSquared).toBeCloseTo(line.rSquared, 10);
    expect(fit.residualStd).toBeCloseTo(line.residualStd, 10);
    expect(fit.at(line.at.x).value).toBeCloseTo(line.at.value, 9);
    expectInterval(fit.at(line.at.x), line.at);
  });

  it.each(reference.predictions)('interval of a mean of $further further runs', ({ values, further, ...interval }) => {
    expectInterval(predictionInterval(values, further), interval);
  });

  it.each(reference.normal)('normal distribution at $x', ({ x, probability }) => {
    expect(normalProbability(x)).toBeCloseTo(probability, 14);
    if (Math.abs(x) < 6) expect(normalQuantile(probability)).toBeCloseTo(x, 8);
  });

  it.each(reference.student)('Student p-value at $t, $degrees degrees', ({ t, degrees, p }) => {
    expect(twoSidedStudentProbability(t, degrees)).toBeCloseTo(p, 12);
  });
});
