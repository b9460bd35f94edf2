import { parseArgs } from 'node:util';
import type { NetworkInput } from '../../../src/contract/network.ts';
import type { ProgramOptions, TrainingProgram } from '../../../src/engine/program.ts';
import { decideNetwork } from '../../../src/nets/plans.ts';
import { compileTrainingProgram } from '../../../src/nets/trainingProgram.ts';
import type { Batch } from '../../../src/trainer/session.ts';
import { hashedBatch, PIXEL_MEAN, PIXEL_STD } from '../../oracle/numbers.ts';

/** What a worker trains: a V2 network on images of CIFAR's size, with the recipe of the papers and clipping. */
export interface Load {
  readonly depth: number;
  readonly batchSize: number;
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

export function toArguments({ depth, batchSize }: Load): string[] {
  return ['--depth', String(depth), '--batch-size', String(batchSize)];
}

export function fromArguments(): Load & { readonly without: string | undefined } {
  const names = { depth: { type: 'string' }, 'batch-size': { type: 'string' }, without: { type: 'string' } } as const;
  const { values } = parseArgs({ options: names });
  return { depth: Number(values.depth), batchSize: Number(values['batch-size']), without: values.without };
}

export function prepare({ depth, batchSize }: Load): { program: TrainingProgram; batch: Batch } {
  const program = compileTrainingProgram(decideNetwork({ version: 'v2', depth }), input, options);
  return { program, batch: hashedBatch({ input }, 0, batchSize) };
}
