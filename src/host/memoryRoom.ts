import { totalmem } from 'node:os';
import { listGpuMemory } from '../../scripts/setup/gpus.mjs';
import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { estimateStepMemory, type MemorySettings } from '../nets/memory.ts';
import { buildNetwork } from '../nets/resnet.ts';
import { trainingDevice } from './device.ts';
import { createRecent } from './recent.ts';

/** The estimate is within a tenth of what was measured: what is refused is sure not to fit. */
const TOLERANCE = 0.9;

/** Estimates that the queue keeps; the networks of most studies are fewer. */
const KEPT_ESTIMATES = 100;

/** Memory that runs are trained in, bytes. */
export interface MemoryRoom {
  /** What the graphics card or the machine (or its container) has. */
  readonly total: number;
  /** What is free now. */
  readonly free: number;
}

export function memoryRoom(): MemoryRoom {
  const [gpu] = trainingDevice().startsWith('GPU') ? listGpuMemory() : [];
  if (gpu) return gpu;
  const limit = process.constrainedMemory();
  return { total: limit > 0 ? Math.min(limit, totalmem()) : totalmem(), free: process.availableMemory() };
}

/** What an estimate rests on. */
type Estimated = Pick<RunRow, 'network' | 'input'> & { readonly recipe: MemorySettings };

/** What a run's training step needs, bytes: an estimate. */
export function estimateRun({ network, input, recipe }: Estimated): number {
  return estimateStepMemory(buildNetwork(network, input), recipe);
}

/** Estimates of runs that are looked at again and again: a network is built once, which takes long for a deep one. */
export function createEstimates(estimate = estimateRun): (run: Estimated) => number {
  const estimates = createRecent<string, number>(KEPT_ESTIMATES);
  return ({ network, input, recipe: { batchSize, recompute, microBatches } }) => {
    const estimated: Estimated = { network, input, recipe: { batchSize, recompute, microBatches } };
    const key = JSON.stringify(estimated);
    const bytes = estimates.get(key) ?? estimate(estimated);
    estimates.set(key, bytes);
    return bytes;
  };
}

/** Refuses, before it waits its turn, a run that cannot fit even where nothing else runs. */
export function requireRoom(needed: number, { total }: MemoryRoom): void {
  if (needed * TOLERANCE <= total) return;
  throw new UserError({
    code: 'bad-input',
    message: `A training step would need about ${gigabytes(needed)}, and there are ${gigabytes(total)} of memory`,
    where: 'recipe.batchSize',
    hint: 'Take a smaller batch, process it in parts (micro-batches), or compute activations again (recompute)',
  });
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
