import { describe, expect, it } from 'vitest';
import type { ReferencePoint, ReferenceSeries } from '../../contract/reference.ts';
import type { TrainingRecipeInput } from '../../contract/recipe.ts';
import type { RunRow } from '../../contract/run.ts';
import { runRow } from '../runRow.fixture.ts';
import { comparePublished } from './comparePublished.ts';

const POINT: ReferencePoint = { version: 'v1', depth: 20, errorPercent: 8.75, spread: null, runs: 1 };

function published(change: Partial<ReferenceSeries> = {}, point: Partial<ReferencePoint> = {}): ReferenceSeries {
  return {
    id: 'paper',
    data: 'cifar10',
    title: 'Paper',
    source: 'Paper, table 1',
    caution: 'Single runs.',
    kind: 'paper',
    network: { family: 'cifar' },
    statistic: 'mean',
    result: 'last',
    recipe: { epochs: 164, batchSize: 128, optimiser: 'sgd', augment: true, validationShare: 0, stochasticDepth: null },
    incomparable: null,
    isAblation: false,
    points: [{ ...POINT, ...point }],
    ...change,
  };
}

const RECIPE = { epochs: 164, batchSize: 128, augment: true, validationShare: 0 } satisfies TrainingRecipeInput;

/** V1-20 with these test errors in percent, a seed each. */
function runs(errors: readonly number[], recipe: TrainingRecipeInput = RECIPE, change: Partial<RunRow> = {}): RunRow[] {
  return errors.map((error, index) =>
    runRow({
      id: index + 1,
      network: { version: 'v1', depth: 20, block: 'basic' },
      data: 'cifar10',
      stepsPerEpoch: 391,
      totalSteps: 64_000,
      testAccuracy: 1 - error / 100,
      ...change,
      recipe: { ...recipe, seed: index + 1 },
    }),
  );
}

const compare = (series: ReferenceSeries, own: readonly RunRow[], data = 'cifar10') =>
  comparePublished([series], data, own)[0]!;
const pointOf = (series: ReferenceSeries, own: readonly RunRow[]) => compare(series, own).points[0]!;

describe('a published figure against runs of the same network and recipe', () => {
  it('is reproduced where another run of ours would lie, which is wider than the interval of the mean', () => {
    const own = runs([8.4, 8.5, 8.6]);
    const { outcome, sentence, range } = pointOf(published(), own);
    expect(outcome).toBe('reproduced');
    expect(sentence).toBe(
      'Reproduced: 8.75 meets 8.00 to 9.00 %, where another run of ours would lie with 95 %; ours 8.50 % (n = 3)',
    );
    expect(range!.high).toBeCloseTo(8.5 + 4.30265 * 0.1 * Math.sqrt(4 / 3), 4);
    expect(pointOf(published({}, { runs: 5 }), own).range!.high).toBeLessThan(range!.high);
  });

  it('is not reproduced outside, by so much', () => {
    const { outcome, sentence } = pointOf(published({}, { runs: 5 }), runs([7.0, 7.1, 7.2]));
    expect(outcome).toBe('notReproduced');
    expect(sentence).toMatch(/^Not reproduced: 8\.75 is 1\.34 points above 6\.79 to 7\.41 %, where the mean of 5/);
  });

  it('counts with the published spread where there is one, against the interval of our mean', () => {
    const own = runs([8.4, 8.5, 8.6]);
    expect(pointOf(published({}, { errorPercent: 9, spread: 0.2 }), own)).toMatchObject({ outcome: 'notReproduced' });
    expect(pointOf(published({}, { errorPercent: 9, spread: 0.3 }), own)).toMatchObject({ outcome: 'reproduced' });
  });

  it('takes the best epoch where the source does', () => {
    const own = runs([8.4, 8.5, 8.6], RECIPE, { bestTestAccuracy: 0.93 }).map((run, index) => ({
      ...run,
      bestTestAccuracy: 0.93 + index / 1000,
    }));
    expect(pointOf(published({ result: 'bestOnTest' }), own).ours!.mean).toBeCloseTo(6.9, 9);
  });
});

describe('a published figure is not comparable', () => {
  const sentence = (series: ReferenceSeries, own: readonly RunRow[]) => {
    const point = pointOf(series, own);
    expect(point.outcome).toBe('notComparable');
    return point.sentence;
  };

  it('on other data, and says which', () => {
    expect(compare(published(), runs([8, 9]), 'digits')).toMatchObject({
      points: [],
      reason: 'Another data set: CIFAR-10, here the digits',
    });
  });

  it('for another recipe, with all that differs and with our figure', () => {
    const own = runs([8, 9], { ...RECIPE, epochs: 5, augment: false, mixup: 0.2 }, { totalSteps: 1955 });
    expect(sentence(published(), own)).toBe(
      'Not comparable: 5 epochs instead of 164, no augmentation, mixup; ours 8.50 % (n = 2)',
    );
    expect(sentence(published({ recipe: null }), own)).toContain('the source states no recipe');
    expect(sentence(published({ incomparable: 'tested on 10 crops' }), own)).toContain('tested on 10 crops');
  });

  it('for one run, and for equal ones', () => {
    expect(sentence(published(), runs([8]))).toContain('one run only, which has no interval');
    expect(sentence(published(), runs([8, 8, 8]))).toContain('our runs are equal, without an interval');
  });

  it('where the source has a failure and no figure', () => {
    expect(sentence(published({}, { errorPercent: null }), runs([8, 9]))).toBe(
      'Not comparable: the source has no figure, only that training fails; here 2 of 2 runs finished',
    );
  });

  it('with networks that are not of the study: another depth, unit or squeeze and excitation', () => {
    const missing = { points: [], reason: 'No run of these networks in the study' };
    expect(compare(published({}, { depth: 32 }), runs([8, 9]))).toMatchObject(missing);
    expect(compare(published({ network: { se: 16 } }), runs([8, 9]))).toMatchObject(missing);
    expect(compare(published({ network: { activation: 'bn-after-addition' } }), runs([8, 9]))).toMatchObject(missing);
    const bottleneck = { network: { version: 'v1', depth: 20, block: 'bottleneck' } } as const;
    expect(compare(published(), runs([8, 9], RECIPE, bottleneck))).toMatchObject(missing);
  });

  it('but shortcut option A is no other network', () => {
    const padded = { network: { version: 'v1', depth: 20, block: 'basic', shortcut: 'zero-padding' } } as const;
    expect(compare(published(), runs([8, 9], RECIPE, padded)).points).toHaveLength(1);
  });
});
