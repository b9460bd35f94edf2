import { UserError } from '../../contract/errors.ts';
import type { SearchOptions } from '../../contract/search.ts';
import type { Genome } from './space.ts';

/** An architecture that was tried, or is being tried. */
export interface Trial {
  readonly genome: Genome;
  /** How long it trains. */
  readonly epochs: number;
  /** Of successive halving, from 0; always 0 in the others. */
  readonly round: number;
  /** The test accuracy that it ended with; null where it has none (yet). */
  readonly fitness: number | null;
  readonly isEnded: boolean;
}

/** What to try next. */
export type Proposal = Pick<Trial, 'genome' | 'epochs' | 'round'>;

export interface Proposing {
  /** Options of each choice. */
  readonly sizes: readonly number[];
  /** Epochs of a whole training. */
  readonly epochs: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Why the genome may not be tried; null where it may. */
  faultOf(genome: Genome): string | null;
}

/** What to try after these trials, in the order in which they were proposed; nothing while more has to end first. */
export type Strategy = (trials: readonly Trial[]) => readonly Proposal[];

/** How often a draw that is not legal, or was tried already, is drawn again. */
const MOST_DRAWS = 200;

export function createStrategy(options: SearchOptions, proposing: Proposing): Strategy {
  switch (options.strategy) {
    case 'random':
      return randomSearch(options.trials, proposing);
    case 'evolution':
      return regularisedEvolution(options, proposing);
    case 'halving':
      return successiveHalving(options, proposing);
  }
}

/** Every trial is drawn alone, all at once: the baseline that a search has to beat (Li and Talwalkar 2019). */
function randomSearch(count: number, proposing: Proposing): Strategy {
  return (trials) => (trials.length > 0 ? [] : drawSeveral(count, proposing, proposing.epochs));
}

/**
 * Regularised evolution (Real et al. 2019, algorithm 1): of the youngest `population` trials, `sample` are drawn, the best
 * of them has a child that differs in one choice, and the oldest goes. A trial without a result is worse than any other.
 */
function regularisedEvolution({ trials: count, population, sample }: SearchOptions, proposing: Proposing): Strategy {
  const { epochs, random } = proposing;
  return (trials) => {
    if (trials.length === 0) return drawSeveral(Math.min(count, population), proposing, epochs);
    if (trials.length >= count || trials.some(({ isEnded }) => !isEnded)) return [];
    const alive = trials.slice(-population);
    const drawn = Array.from({ length: sample }, () => alive[Math.floor(random() * alive.length)]!);
    const parent = drawn.reduce((best, one) => (fitnessOf(one) > fitnessOf(best) ? one : best));
    const tried = new Set(trials.map(({ genome }) => genome.join()));
    return [{ genome: draw(() => mutate(parent.genome, proposing), proposing, tried), epochs, round: 0 }];
  };
}

/**
 * Successive halving (Jamieson and Talwalkar 2016): all begin with a share of the epochs; the best 1 / `reduction` of each
 * round go on to the next with `reduction` times as many, from the start again, until one round has them whole.
 */
function successiveHalving({ trials: count, reduction }: SearchOptions, proposing: Proposing): Strategy {
  const rounds = roundsOf(count, reduction);
  const epochsOf = (round: number) =>
    Math.max(1, Math.round(proposing.epochs / reduction ** (rounds.length - 1 - round)));
  return (trials) => {
    if (trials.length === 0) return drawSeveral(count, proposing, epochsOf(0));
    if (trials.some(({ isEnded }) => !isEnded)) return [];
    const round = Math.max(...trials.map((trial) => trial.round));
    return trials
      .filter((trial) => trial.round === round && trial.fitness !== null)
      .sort((one, other) => fitnessOf(other) - fitnessOf(one))
      .slice(0, rounds[round + 1] ?? 0)
      .map(({ genome }) => ({ genome, epochs: epochsOf(round + 1), round: round + 1 }));
  };
}

/** How many trials each round of successive halving has: 9, 3, 1. */
export function roundsOf(count: number, reduction: number): readonly number[] {
  const rounds = [count];
  while (rounds.at(-1)! >= reduction) rounds.push(Math.floor(rounds.at(-1)! / reduction));
  return rounds;
}

function fitnessOf({ fitness }: Trial): number {
  return fitness ?? -Infinity;
}

function drawSeveral(count: number, proposing: Proposing, epochs: number): Proposal[] {
  const tried = new Set<string>();
  return Array.from({ length: count }, () => {
    const genome = draw(() => drawGenome(proposing), proposing, tried);
    tried.add(genome.join());
    return { genome, epochs, round: 0 };
  });
}

/** A legal genome, one that was not tried where that can be had. Throws bad-input where none is legal. */
function draw(propose: () => Genome, { faultOf }: Proposing, tried: ReadonlySet<string>): Genome {
  let known: Genome | undefined;
  let fault = '';
  for (let attempt = 0; attempt < MOST_DRAWS; attempt += 1) {
    const genome = propose();
    const found = faultOf(genome);
    if (found !== null) {
      fault = found;
      continue;
    }
    if (!tried.has(genome.join())) return genome;
    known ??= genome;
  }
  if (known !== undefined) return known;
  throw new UserError({
    code: 'bad-input',
    message: `None of ${MOST_DRAWS} architectures drawn from the space can be tried. The last one: ${fault}`,
    where: 'space',
    hint: 'Leave out the options that do not fit, or allow more parameters',
  });
}

function drawGenome({ sizes, random }: Proposing): Genome {
  return sizes.map((size) => Math.floor(random() * size));
}

/** Another option in one choice that has several. */
function mutate(genome: Genome, { sizes, random }: Proposing): Genome {
  const open = sizes.flatMap((size, index) => (size > 1 ? [index] : []));
  const at = open[Math.floor(random() * open.length)];
  if (at === undefined) return genome;
  const other = (genome[at]! + 1 + Math.floor(random() * (sizes[at]! - 1))) % sizes[at]!;
  return genome.with(at, other);
}
