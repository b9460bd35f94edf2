import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { NetworkInput } from '../../../src/contract/network.ts';
import { Precision, Recompute } from '../../../src/contract/recipe.ts';
import type { ProgramOptions, TrainingProgram } from '../../../src/engine/program.ts';
import { decideNetwork } from '../../../src/nets/plans.ts';
import { compileTrainingProgram } from '../../../src/nets/trainingProgram.ts';
import type { Batch } from '../../../src/trainer/session.ts';
import { hashedBatch, PIXEL_MEAN, PIXEL_STD } from '../../oracle/numbers.ts';

/** What a worker trains: a V2 network on images of CIFAR's size, with the recipe of the papers and clipping. */
export interface Load {
  readonly depth: number;
  readonly batchSize: number;
  /** At the last block; null: off. */
  readonly stochasticDepth?: number | null;
  /** Nothing where left out. */
  readonly recompute?: Recompute;
  /** float32 where left out. */
  readonly precision?: Precision;
  /** Whether gradients are clipped; they are where it is left out. */
  readonly clips?: boolean;
  /** Whether every step is observed by layer; none where it is left out. */
  readonly observes?: boolean;
}

export const LEARNING_RATE = 0.01;

const input: NetworkInput = { height: 32, width: 32, channels: 3, classes: 10 };

export const MOMENTUM = 0.9;

export const options: ProgramOptions = {
  optimiser: { kind: 'sgd', momentum: MOMENTUM, nesterov: false },
  weightDecay: 1e-4,
  decayAll: true,
  clipNorm: 5,
  imageMean: [PIXEL_MEAN, PIXEL_MEAN, PIXEL_MEAN],
  imageStd: [PIXEL_STD, PIXEL_STD, PIXEL_STD],
};

export function toArguments({
  depth,
  batchSize,
  stochasticDepth = null,
  recompute = 'off',
  precision = 'float32',
  clips = true,
  observes = false,
}: Load): string[] {
  const words = ['--depth', String(depth), '--batch-size', String(batchSize), '--recompute', recompute];
  const drop = stochasticDepth === null ? [] : ['--stochastic-depth', String(stochasticDepth)];
  return [
    ...words,
    '--precision',
    precision,
    ...drop,
    ...(clips ? [] : ['--no-clipping']),
    ...(observes ? ['--observed'] : []),
  ];
}

export function fromArguments(): Load & { readonly without: string | undefined } {
  const text = { type: 'string' } as const;
  const names = {
    depth: text,
    'batch-size': text,
    'stochastic-depth': text,
    recompute: text,
    precision: text,
    without: text,
  } as const;
  const { values } = parseArgs({
    options: { ...names, 'no-clipping': { type: 'boolean' }, observed: { type: 'boolean' } },
  });
  const drop = values['stochastic-depth'];
  return {
    depth: Number(values.depth),
    batchSize: Number(values['batch-size']),
    stochasticDepth: drop === undefined ? null : Number(drop),
    recompute: v.parse(Recompute, values.recompute),
    precision: v.parse(Precision, values.precision),
    clips: values['no-clipping'] !== true,
    observes: values.observed === true,
    without: values.without,
  };
}

export function prepare({
  depth,
  batchSize,
  stochasticDepth = null,
  recompute = 'off',
  precision = 'float32',
  clips = true,
  observes = false,
}: Load): {
  program: TrainingProgram;
  batch: Batch;
} {
  const program = compileTrainingProgram(
    decideNetwork({ version: 'v2', depth }),
    input,
    { ...options, recompute, precision, clipNorm: clips ? options.clipNorm : null, observe: observes },
    { stochasticDepth, dropPath: null },
  );
  return { program, batch: hashedBatch({ input }, 0, batchSize) };
}
