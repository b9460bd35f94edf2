import { expect, it } from 'vitest';
import fc from 'fast-check';
import { depthTrend, describeTrend, leastSquares } from './depthTrend.ts';

const tensors = (units: number) => [
  'stem.conv.weight',
  ...Array.from({ length: units }, (_, index) => [
    `stage1.unit${index + 1}.conv1.weight`,
    `stage1.unit${index + 1}.bn1.gamma`,
    `stage1.unit${index + 1}.conv2.weight`,
    `stage1.unit${index + 1}.shortcut.conv.weight`,
  ]).flat(),
  'head.dense.weight',
];

it('compares the convolutions of the first and the last unit, and nothing else', () => {
  const names = tensors(3);
  const values = names.map((name) => (/unit\d\.conv\d/.test(name) ? 10 ** -Number(/unit(\d)/.exec(name)![1]) : 99));
  const trend = depthTrend('gradientNorm', names, values)!;
  expect(trend.layers).toBe(6);
  expect(trend.first).toEqual({ unit: 'stage1.unit1', value: expect.closeTo(0.1, 12) as number });
  expect(trend.last).toEqual({ unit: 'stage1.unit3', value: expect.closeTo(0.001, 12) as number });
  expect(trend.ratio).toBeCloseTo(100, 9);
});

it('takes the geometric mean on a log scale and the arithmetic one of shares', () => {
  const names = ['stage1.unit1.relu1', 'stage1.unit1.relu2', 'stage2.unit1.relu1', 'stage2.unit1.relu2'];
  expect(depthTrend('activationStd', names, [1, 100, 1, 1])!.first.value).toBeCloseTo(10, 12);
  const dead = depthTrend('deadFraction', names, [0.2, 0.4, 0, 0])!;
  expect(dead.first.value).toBeCloseTo(0.3, 12);
  expect(dead.ratio).toBeNull();
  expect(dead.line).toBeNull();
});

it('fits as the textbook does: x 1 to 5, y 2.1, 3.9, 6.2, 7.8, 10.1', () => {
  const ys = [2.1, 3.9, 6.2, 7.8, 10.1];
  const line = leastSquares(ys.map((y, index) => ({ x: index + 1, y })))!;
  expect(line.slope).toBeCloseTo(1.99, 12);
  // Residual sum of squares 0.107, over 3 degrees of freedom and a sum of squares of 10.
  expect(line.standardError).toBeCloseTo(Math.sqrt(0.107 / 3 / 10), 12);
});

it('finds the slope of any exact exponential, with no error, and says how many layers have one', () => {
  fc.assert(
    fc.property(fc.double({ min: -0.2, max: 0.2, noNaN: true }), fc.integer({ min: 2, max: 50 }), (slope, units) => {
      const names = Array.from({ length: units }, (_, index) => `stage1.unit${index + 1}.relu1`);
      const trend = depthTrend(
        'activationMean',
        names,
        names.map((_, index) => 10 ** (slope * index)),
      )!;
      expect(trend.line!.slope).toBeCloseTo(slope, 9);
      expect(trend.line!.standardError ?? 0).toBeCloseTo(0, 9);
    }),
  );
  const names = ['stage1.unit1.relu1', 'stage1.unit2.relu1', 'stage1.unit3.relu1', 'stage1.unit4.relu1'];
  const trend = depthTrend('activationMean', names, [1, 0, NaN, 1000])!;
  expect(trend.line).toEqual({ slope: 1, standardError: null, n: 2 });
  expect(describeTrend('activationMean', trend)).toContain('2 of 4 layers, those with a value above 0');
});

it('is nothing without residual units', () => {
  expect(depthTrend('gradientNorm', ['stem.conv.weight', 'head.dense.weight'], [1, 2])).toBeNull();
});
