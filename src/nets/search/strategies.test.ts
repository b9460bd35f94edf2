import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SearchOptions } from '../../contract/search.ts';
import { uniformNumbers } from '../random.ts';
import type { Genome } from './space.ts';
import { createStrategy, roundsOf, type Proposing, type Strategy, type Trial } from './strategies.ts';

const sizes = [4, 4, 4, 4, 4];
const proposing = (seed = 1): Proposing => ({
  sizes,
  epochs: 9,
  random: uniformNumbers(seed, 'search'),
  faultOf: () => null,
});
const options = (wish: v.InferInput<typeof SearchOptions>) => v.parse(SearchOptions, wish);
/** The more, the better; the best genome is 3,3,3,3,3. */
const worth = (genome: Genome, epochs = 9) => genome.reduce((sum, one) => sum + one, 0) + epochs / 100;

/** Tries what is proposed until nothing is. */
function runAll(
  strategy: Strategy,
  fitness: (tried: Pick<Trial, 'genome' | 'epochs'>) => number | null = ({ genome, epochs }) => worth(genome, epochs),
) {
  const trials: Trial[] = [];
  for (;;) {
    const proposals = strategy(trials);
    if (proposals.length === 0) return trials;
    for (const proposal of proposals) trials.push({ ...proposal, fitness: fitness(proposal), isEnded: true });
  }
}

describe('random search', () => {
  it('draws every trial once, the same from the same seed', () => {
    const search = () => runAll(createStrategy(options({ strategy: 'random', trials: 30 }), proposing()));
    const trials = search();
    expect(new Set(trials.map(({ genome }) => genome.join())).size).toBe(30);
    expect(search()).toEqual(trials);
  });

  it('draws legal architectures alone, and says where there is none', () => {
    const even = { ...proposing(), faultOf: (genome: Genome) => (genome[0]! % 2 === 0 ? null : 'odd') };
    const trials = runAll(createStrategy(options({ strategy: 'random', trials: 20 }), even));
    expect(trials.every(({ genome }) => genome[0]! % 2 === 0)).toBe(true);
    const none = { ...proposing(), faultOf: () => 'too large' };
    expect(() => createStrategy(options({ strategy: 'random' }), none)([])).toThrow(
      /None of 200 architectures.*too large/,
    );
  });
});

describe('regularised evolution', () => {
  it('finds better architectures than random search with as many trials', () => {
    const best = (strategy: 'random' | 'evolution', seed: number) =>
      Math.max(
        ...runAll(createStrategy(options({ strategy, trials: 60, population: 10, sample: 4 }), proposing(seed))).map(
          ({ fitness }) => fitness!,
        ),
      );
    const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
    const mean = (strategy: 'random' | 'evolution') =>
      seeds.reduce((sum, seed) => sum + best(strategy, seed), 0) / seeds.length;
    expect(mean('evolution')).toBeGreaterThan(mean('random') + 0.5);
  });

  it('waits for what is being tried, and has children that differ in one choice', () => {
    const strategy = createStrategy(options({ trials: 5, population: 2, sample: 1 }), proposing());
    const first = strategy([]).map((proposal): Trial => ({ ...proposal, fitness: 1, isEnded: true }));
    expect(first).toHaveLength(2);
    expect(strategy([first[0]!, { ...first[1]!, fitness: null, isEnded: false }])).toEqual([]);
    const [child] = strategy(first);
    const differences = first.map(({ genome }) => genome.filter((one, index) => one !== child!.genome[index]).length);
    expect(Math.min(...differences)).toBe(1);
  });

  it('forgets the oldest, however good, and never takes a trial without a result for the best', () => {
    const strategy = createStrategy(options({ trials: 50, population: 2, sample: 20 }), proposing());
    const trial = (genome: Genome, fitness: number | null): Trial => ({
      genome,
      epochs: 9,
      round: 0,
      fitness,
      isEnded: true,
    });
    const [child] = strategy([trial([0, 0, 0, 0, 0], 100), trial([3, 3, 3, 3, 3], null), trial([1, 1, 1, 1, 1], 1)]);
    expect(child!.genome.filter((one) => one === 1).length).toBe(4);
  });
});

describe('successive halving', () => {
  const halving = (trials: number) =>
    createStrategy(options({ strategy: 'halving', trials, reduction: 3 }), proposing());

  it('gives the best of each round three times the epochs, down to one that has them whole', () => {
    const trials = runAll(halving(9));
    expect(trials.map(({ epochs, round }) => [round, epochs])).toEqual([
      ...Array.from({ length: 9 }, () => [0, 1]),
      ...Array.from({ length: 3 }, () => [1, 3]),
      [2, 9],
    ]);
    const best = trials.slice(0, 9).toSorted((one, other) => other.fitness! - one.fitness!)[0]!;
    expect(trials.at(-1)!.genome).toEqual(best.genome);
  });

  it('goes on with fewer where some have no result, and ends where none has', () => {
    const onlyOne = runAll(halving(9), ({ genome, epochs }) =>
      genome.join() === halving(9)([])[4]!.genome.join() ? epochs : null,
    );
    expect(onlyOne.map(({ round }) => round)).toEqual([...Array.from({ length: 9 }, () => 0), 1, 2]);
    expect(runAll(halving(9), () => null)).toHaveLength(9);
  });

  it('has rounds that shrink by the reduction', () => {
    expect(roundsOf(27, 3)).toEqual([27, 9, 3, 1]);
    expect(roundsOf(20, 3)).toEqual([20, 6, 2]);
    expect(roundsOf(2, 3)).toEqual([2]);
  });
});
