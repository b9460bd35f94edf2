import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnits, judgeUnit } from './identityPath.ts';
import { cleanUnit, pathStep } from './identityUnit.fixture.ts';

describe('judgeUnit', () => {
  it('passes a clean unit and says how large its branch is', () => {
    expect(judgeUnit(cleanUnit)).toMatchObject({
      verdict: 'pass',
      clean: true,
      causes: [],
      deviation: 0,
      residualRms: 1,
      identityRms: 2,
      cosine: -0.5,
      skipJacobian: { estimate: 0, standardError: 0, probes: 2 },
      unitJacobian: { estimate: 0.5, standardError: 0, probes: 2 },
    });
  });

  it('does not believe a clean structure that measures otherwise', () => {
    const off = judgeUnit({ ...cleanUnit, meanSquareDeviation: 0.04 });
    expect(off).toMatchObject({ verdict: 'fail', clean: false, causes: ['unexplained'] });
    expect(off.reason).toMatch(/differs from x by 0.100 of its RMS/);
    expect(judgeUnit({ ...cleanUnit, skipProbes: [0, 0.01] })).toMatchObject({ clean: false, causes: ['unexplained'] });
  });

  it('does not pass a layer on the path because it happened to do nothing', () => {
    const idle = judgeUnit({ ...cleanUnit, path: [pathStep('relu', 'after-addition', 0)] });
    expect(idle).toMatchObject({ verdict: 'fail', clean: false, causes: ['relu-after-addition'] });
    expect(idle.reason).toBe('ReLU after the addition, which changes its input by 0 of its RMS');
  });

  it('names what is on the shortcut before what follows the addition', () => {
    const path = [pathStep('scale', 'shortcut', 0.5), pathStep('relu', 'after-addition')];
    expect(judgeUnit({ ...cleanUnit, path }).causes).toEqual(['constant-scaling', 'relu-after-addition']);
  });

  it('counts a change of shape neither for nor against', () => {
    const projection = { ...cleanUnit, isSameShape: false, meanProduct: null, meanSquareDeviation: null };
    const changed = {
      ...projection,
      skipProbes: [],
      unitProbes: [],
      path: [pathStep('convolution', 'shortcut', null)],
    };
    const block = judgeUnit(changed);
    expect(block).toMatchObject({ verdict: 'shape-change', clean: false, causes: ['projection'], deviation: null });
    expect(block).toMatchObject({ cosine: null, skipJacobian: null, unitJacobian: null });
    expect(countUnits([block, judgeUnit(cleanUnit)])).toEqual({
      verdict: 'pass',
      passed: 1,
      failed: 0,
      shapeChanges: 1,
    });
  });

  it('says that numbers are not finite, and nothing of nothing is 0', () => {
    expect(judgeUnit({ ...cleanUnit, meanSquareX: NaN }).causes).toEqual(['not-finite']);
    const empty = judgeUnit({ ...cleanUnit, meanSquareX: 0, meanSquareF: 0, meanProduct: 0 });
    expect(empty).toMatchObject({ verdict: 'pass', deviation: 0, cosine: 0 });
  });

  it('lets rounding pass and no more, whatever the sizes of x and F', () => {
    const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(size, size, (x, f) => {
        const sizes = { ...cleanUnit, meanSquareX: x * x, meanSquareF: f * f };
        const off = (share: number) => judgeUnit({ ...sizes, meanSquareDeviation: (share * (2 * x + f)) ** 2 });
        expect(off(2 ** -24).clean).toBe(true);
        expect(off(2 ** -21).clean).toBe(false);
      }),
    );
  });

  it('gives the root of the mean over probes with the standard error of the delta method', () => {
    const { unitJacobian } = judgeUnit({ ...cleanUnit, unitProbes: [1, 2, 6] });
    expect(unitJacobian!.estimate).toBeCloseTo(Math.sqrt(3), 12);
    expect(unitJacobian!.standardError).toBeCloseTo(Math.sqrt(7 / 3) / (2 * Math.sqrt(3)), 12);
    expect(judgeUnit({ ...cleanUnit, unitProbes: [1] }).unitJacobian!.standardError).toBeNull();
  });
});
