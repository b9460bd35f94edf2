import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns, differingFacts, type Comparison } from './comparison.ts';
import { sourcesOf, type RunWithEpochs } from './comparison.fixture.ts';
import { deltaOutcome, deltaText, factText, resultText } from './text.ts';

const NOTHING_CHOSEN = { groupBy: [], baseline: [], atEpoch: null };

const two = sourcesOf(
  [
    [{ id: 5, name: 'slow', recipe: { learningRate: 0.01 } }, [0.9, 0.95, 0.94]],
    [{ id: 3, name: 'fast', recipe: { learningRate: 0.1 }, tags: ['keep'] }, [0.8, 0.96, 0.97]],
  ],
  ['one', 'two'],
);
/** Four seeds at two rates, one of which diverged. */
const grouped = sourcesOf([
  [{ id: 1, recipe: { learningRate: 0.1, seed: 1 } }, [0.9, 0.95]],
  [{ id: 2, recipe: { learningRate: 0.1, seed: 2 } }, [0.91, 0.97]],
  [{ id: 3, recipe: { learningRate: 0.01, seed: 1 } }, [0.8, 0.9]],
  [{ id: 4, recipe: { learningRate: 0.01, seed: 2 } }, [0.82, 0.91]],
  [{ id: 6, recipe: { learningRate: 0.01, seed: 3 }, state: 'diverged', reason: 'Loss is NaN at step 30' }, [0.2]],
]);

const titles = ({ columns }: Comparison) => columns.map(({ title }) => title);
const resultsOf = (comparison: Comparison, id: string) => {
  const row = comparison.results.find((result) => result.id === id)!;
  return row.cells.map((cell, index) => resultText(row, cell, comparison.columns[index]!.isGroup));
};

describe('runs side by side', () => {
  const comparison = compareRuns(two, NOTHING_CHOSEN);

  it('stand in the order in which they were chosen', () => {
    expect(comparison.columns.map(({ runs }) => runs.map(({ id }) => id))).toEqual([[5], [3]]);
    expect(titles(comparison)).toEqual(['slow', 'fast']);
  });

  it('differ in what differs, section by section', () => {
    const rows = differingFacts(comparison).map(({ section, id, cells }) => [section, id, cells.map(factText)]);
    expect(rows).toEqual([
      ['run', 'tags', ['–', 'keep']],
      ['recipe', 'learningRate', ['0.01', '0.1']],
      ['environment', 'host', ['one', 'two']],
    ]);
  });

  it('show settings that mean nothing in a run as nothing, and those that are off as off', () => {
    const mixed = compareRuns(
      sourcesOf([
        [{ id: 1, recipe: { optimiser: 'adamw', cutout: 8 } }, []],
        [{ id: 2, recipe: { optimiser: 'sgd', momentum: 0.9 } }, []],
      ]),
      NOTHING_CHOSEN,
    );
    const shown = new Map(differingFacts(mixed).map(({ id, cells }) => [id, cells.map(factText)]));
    expect(shown.get('momentum')).toEqual(['–', '0.9']);
    expect(shown.get('beta2')).toEqual(['0.999', '–']);
    expect(shown.get('cutout')).toEqual(['8', 'off']);
  });

  it('have their results at the last epoch, at their best one with its number, and at a chosen one', () => {
    const chosen = compareRuns(two, { ...NOTHING_CHOSEN, atEpoch: 1 });
    expect(resultsOf(chosen, 'testAccuracyLast')).toEqual(['94.00', '97.00']);
    expect(resultsOf(chosen, 'testAccuracyBest')).toEqual(['95.00', '97.00']);
    expect(chosen.results.find(({ id }) => id === 'testAccuracyBest')!.cells.map(({ epochs }) => epochs)).toEqual([
      [2],
      [3],
    ]);
    expect(resultsOf(chosen, 'testAccuracyAtEpoch')).toEqual(['90.00', '80.00']);
    expect(resultsOf(chosen, 'testLossBest')).toEqual(['0.0500', '0.0300']);
    expect(chosen.results.some(({ id }) => id === 'validationAccuracyLast')).toBe(false);
    expect(resultsOf(compareRuns(two, { ...NOTHING_CHOSEN, atEpoch: 7 }), 'elapsed')).toEqual(['60.0', '60.0']);
  });

  it('choose no best epoch by test images where others are held out for that', () => {
    const sources = sourcesOf([[{ id: 1, recipe: { validationShare: 0.1 }, testAccuracy: 0.85 }, [0.9, 0.8]]]);
    const comparison = compareRuns(sources, { ...NOTHING_CHOSEN, atEpoch: 2 });
    expect(resultsOf(comparison, 'testAccuracyLast')).toEqual(['85.00']);
    const ids = comparison.results.map(({ id }) => id);
    expect(ids).not.toContain('testAccuracyBest');
    expect(ids).not.toContain('testAccuracyAtEpoch');
  });

  it('show what has failed as it is, without a difference', () => {
    const failed = sourcesOf([
      [{ id: 1 }, [0.9]],
      [{ id: 2, state: 'diverged' }, [Number.NaN]],
    ]);
    const withBaseline = compareRuns(failed, { ...NOTHING_CHOSEN, baseline: [1] });
    expect(resultsOf(withBaseline, 'trainLossLast')).toEqual(['0.1000', 'NaN']);
    expect(withBaseline.results.find(({ id }) => id === 'trainLossLast')!.cells[1]!.delta).toBeNull();
  });
});

describe('groups of runs', () => {
  it('are made by any setting, the smaller value first, and hold mean ± std (n) of what finished', () => {
    const comparison = compareRuns(grouped, { ...NOTHING_CHOSEN, groupBy: ['learningRate'], atEpoch: 1 });
    expect(titles(comparison)).toEqual(['Learning rate 0.01', 'Learning rate 0.1']);
    expect(resultsOf(comparison, 'testAccuracyLast')).toEqual(['90.50 ± 0.71 (2)', '96.0 ± 1.4 (2)']);
    const [slow] = comparison.results.find(({ id }) => id === 'testAccuracyLast')!.cells;
    expect(slow!.leftOut).toEqual([{ runId: 6, reason: 'diverged: Loss is NaN at step 30', hasFailed: true }]);
    expect(resultsOf(comparison, 'testAccuracyAtEpoch')).toEqual(['81.0 ± 1.4 (2)', '90.50 ± 0.71 (2)']);
  });

  it('count what still trains at an epoch that it has, and nowhere else', () => {
    const sources = sourcesOf([
      [{ id: 1 }, [0.9, 0.95]],
      [{ id: 2, state: 'running', recipe: { seed: 2 } }, [0.8]],
    ]);
    const comparison = compareRuns(sources, { ...NOTHING_CHOSEN, groupBy: ['allButSeed'], atEpoch: 1 });
    expect(resultsOf(comparison, 'testAccuracyLast')).toEqual(['95.00 (1)']);
    expect(resultsOf(comparison, 'testAccuracyAtEpoch')).toEqual(['85.0 ± 7.1 (2)']);
  });

  it('may be of the same settings but the seed, and are named by what tells them apart', () => {
    const comparison = compareRuns(grouped, { ...NOTHING_CHOSEN, groupBy: ['allButSeed'] });
    expect(titles(comparison)).toEqual(['Learning rate 0.01', 'Learning rate 0.1']);
    expect(titles(compareRuns(two, { ...NOTHING_CHOSEN, groupBy: ['network'] }))).toEqual(['resnet_v2_110']);
    expect(titles(compareRuns(two, { ...NOTHING_CHOSEN, groupBy: ['host', 'tags'] }))).toEqual([
      'Host one, Tags: –',
      'Host two, keep',
    ]);
    expect(titles(compareRuns(two, { ...NOTHING_CHOSEN, groupBy: ['no such thing'] }))).toEqual(['slow', 'fast']);
  });
});

describe('a baseline', () => {
  const accuracyOf = (comparison: Comparison) => comparison.results.find(({ id }) => id === 'testAccuracyLast')!;

  it('stands first, and is what the others are compared with', () => {
    const comparison = compareRuns(two, { ...NOTHING_CHOSEN, baseline: [3] });
    expect(titles(comparison)).toEqual(['fast', 'slow']);
    const row = accuracyOf(comparison);
    expect(row.cells[0]!.delta).toBeNull();
    expect(deltaText(row, row.cells[1]!.delta!)).toBe('−3.00 points');
    expect(deltaOutcome(row.better, row.cells[1]!.delta!)).toBeNull();
  });

  it('is the group of a run, with an interval of the difference where both have two', () => {
    const comparison = compareRuns(grouped, { groupBy: ['learningRate'], baseline: [2], atEpoch: null });
    expect(titles(comparison)).toEqual(['Learning rate 0.1', 'Learning rate 0.01']);
    const row = accuracyOf(comparison);
    const { difference, interval } = row.cells[1]!.delta!;
    expect(difference).toBeCloseTo(-5.5, 10);
    expect(interval!.low).toBeLessThan(-5.5);
    expect(deltaText(row, row.cells[1]!.delta!)).toMatch(/^−5\.5 ± \d+\.\d points$/);
  });

  it('may be several runs that are no column', () => {
    const comparison = compareRuns(grouped, { ...NOTHING_CHOSEN, baseline: [1, 2] });
    expect(titles(comparison)).toHaveLength(6);
    expect(comparison.columns[0]).toMatchObject({ title: 'Runs 1,2', isGroup: true });
    const row = accuracyOf(comparison);
    expect(row.cells[3]!.delta).toEqual({ difference: expect.closeTo(-6, 10) as number, interval: null });
    const wholeGroup = compareRuns(grouped, { groupBy: ['learningRate'], baseline: [1, 2], atEpoch: null });
    expect(titles(wholeGroup)).toEqual(['Learning rate 0.1', 'Learning rate 0.01']);
    expect(compareRuns(grouped, { ...NOTHING_CHOSEN, baseline: [99] }).baselineKey).toBeNull();
  });
});

describe('whatever is compared', () => {
  const member = fc
    .record({
      learningRate: fc.constantFrom(0.1, 0.01),
      momentum: fc.constantFrom(0.9, 0.5),
      seed: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom('finished' as const, 'diverged' as const, 'running' as const),
      accuracies: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
    })
    .map(({ learningRate, momentum, seed, state, accuracies }): RunWithEpochs => [
      { state, recipe: { learningRate, momentum, seed } },
      accuracies,
    ]);
  const choices = fc.record({
    groupBy: fc.subarray(['learningRate', 'momentum', 'seed', 'allButSeed', 'state']),
    baseline: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    atEpoch: fc.constantFrom(null, 1, 2),
  });
  const comparisons = fc.tuple(fc.array(member, { minLength: 1, maxLength: 8 }), choices).map(([members, choice]) => {
    const sources = sourcesOf(members.map(([run, accuracies], index) => [{ ...run, id: index + 1 }, accuracies]));
    return { sources, comparison: compareRuns(sources, choice) };
  });

  it('holds every run once beside the baseline, and a cell for each column', () => {
    fc.assert(
      fc.property(comparisons, ({ sources, comparison: { columns, facts, results } }) => {
        const ids = columns.filter(({ key }) => key !== 'baseline').flatMap(({ runs }) => runs.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(sources.runs.map(({ id }) => id));
        for (const { cells } of [...facts, ...results]) expect(cells).toHaveLength(columns.length);
        expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
      }),
    );
  });

  it('has equal cells in a row that does not differ', () => {
    fc.assert(
      fc.property(comparisons, ({ comparison }) => {
        for (const { cells, differs } of comparison.facts) {
          if (differs) continue;
          for (const cell of cells) expect(cell).toEqual(cells[0]);
        }
      }),
    );
  });

  it('has no difference of the baseline to itself, and none where nothing is pinned', () => {
    fc.assert(
      fc.property(comparisons, ({ comparison: { columns, baselineKey, results } }) => {
        for (const { cells } of results) {
          cells.forEach(({ delta, mean }, index) => {
            if (baselineKey === null || columns[index]!.key === baselineKey) expect(delta).toBeNull();
            else if (delta !== null) expect(delta.difference).toBeCloseTo(mean! - cells[0]!.mean!, 9);
          });
        }
      }),
    );
  });

  it('counts each run of a group once: in the mean, as left out, or as without the measure', () => {
    fc.assert(
      fc.property(comparisons, ({ comparison: { columns, results } }) => {
        for (const { cells } of results) {
          cells.forEach(({ n, values, leftOut }, index) => {
            expect(n).toBe(values.length);
            expect(n + leftOut.length).toBeLessThanOrEqual(columns[index]!.runs.length);
          });
        }
      }),
    );
  });
});
