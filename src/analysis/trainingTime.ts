import type { DataSetInfo } from '../contract/data.ts';
import type { NetworkSpec } from '../contract/network.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { mean } from './seeds.ts';
import { scheduleLength } from './schedule.ts';
import { trainedImages } from './trainedImages.ts';

/** What is asked about: every network trained `seeds` times. */
export interface TrainingPlan {
  readonly networks: readonly NetworkSpec[];
  readonly seeds: number;
  readonly data: Pick<DataSetInfo, 'name' | 'trainImages'>;
  readonly recipe: Pick<TrainingRecipe, 'epochs' | 'batchSize' | 'maxSteps' | 'validationShare'>;
}

export interface TrainingTime {
  /** For one run of each network, in the plan's order; null where no earlier run is like it. */
  readonly runMs: readonly (number | null)[];
  /** For all runs whose networks have been trained before; null where none has. */
  readonly totalMs: number | null;
  /** Earlier runs that this rests on. */
  readonly earlierRuns: number;
}

/**
 * How long a plan would train on this machine, from finished runs of the same network, data set and batch size: the
 * images at their mean pace, and what such a run takes beside its steps (compiling, evaluating, checkpoints).
 */
export function trainingTime(plan: TrainingPlan, runs: readonly RunRow[]): TrainingTime {
  const { networks, seeds, data, recipe } = plan;
  const trained = trainedImages(recipe, data);
  const { totalSteps } = scheduleLength(recipe, trained);
  const images = imagesIn(totalSteps, recipe.batchSize, trained);
  const histories = networks.map((network) => runs.filter((run) => isLike(run, network, data.name, recipe.batchSize)));
  const runMs = histories.map((earlier) => {
    if (earlier.length === 0) return null;
    const msPerImage = mean(earlier.map(({ imagesPerSecond }) => 1000 / imagesPerSecond!));
    const besideMs = mean(earlier.map((run) => timeBesideSteps(run, trainedImages(run.recipe, data))));
    return images * msPerImage + besideMs;
  });
  const known = runMs.filter((ms) => ms !== null);
  return {
    runMs,
    totalMs: known.length === 0 ? null : seeds * known.reduce((sum, ms) => sum + ms, 0),
    earlierRuns: histories.reduce((sum, earlier) => sum + earlier.length, 0),
  };
}

function isLike(run: RunRow, network: NetworkSpec, data: string, batchSize: number): boolean {
  return (
    run.state === 'finished' &&
    run.imagesPerSecond !== null &&
    run.imagesPerSecond > 0 &&
    isSameNetwork(run.network, network) &&
    run.data === data &&
    run.recipe.batchSize === batchSize
  );
}

function isSameNetwork(one: NetworkSpec, other: NetworkSpec): boolean {
  const text = (network: NetworkSpec) => JSON.stringify(Object.entries(network).toSorted());
  return text(one) === text(other);
}

/** An epoch's last batch may be smaller. */
function imagesIn(steps: number, batchSize: number, trained: number): number {
  const stepsPerEpoch = Math.ceil(trained / batchSize);
  return Math.floor(steps / stepsPerEpoch) * trained + (steps % stepsPerEpoch) * batchSize;
}

function timeBesideSteps(run: RunRow, trained: number): number {
  const images = imagesIn(run.lastStep, run.recipe.batchSize, trained);
  return Math.max(0, run.elapsedMs - (images * 1000) / run.imagesPerSecond!);
}
