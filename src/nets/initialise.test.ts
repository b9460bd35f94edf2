import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TrainingProgram } from '../engine/program.ts';
import { initialState } from './initialise.ts';
import { decideNetwork } from './plans.ts';
import { naturalLogarithm, normalNumbers } from './random.ts';
import { compileTrainingProgram } from './trainingProgram.ts';

const cifar = { height: 32, width: 32, channels: 3, classes: 10 };
const options = {
  optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false } as const,
  weightDecay: 0,
  decayAll: true,
  clipNorm: null,
  imageMean: [0, 0, 0],
  imageStd: [1, 1, 1],
};

const compile = (version: 'v1' | 'v2', depth: number) =>
  compileTrainingProgram(decideNetwork({ version, depth }), cifar, options);

const valuesOf = (program: TrainingProgram, vector: Float32Array, name: string) => {
  const { offset, size } = program.parameters.find((tensor) => tensor.name === name)!;
  return vector.subarray(offset, offset + size);
};

const deviation = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('initialState', () => {
  const program = compile('v2', 110);
  const state = initialState(program, 7);

  it('is He-normal by fan-in in the convolutions', () => {
    expect(deviation(valuesOf(program, state.parameters, 'stage3.unit2.conv1.weight'))).toBeCloseTo(
      Math.sqrt(2 / 576),
      3,
    );
    expect(deviation(valuesOf(program, state.parameters, 'stage2.unit1.conv1.weight'))).toBeCloseTo(
      Math.sqrt(2 / 144),
      2,
    );
    expect(deviation(valuesOf(program, state.parameters, 'head.dense.weight'))).toBeCloseTo(Math.sqrt(1 / 64), 1);
  });

  it('starts batch norms at 1 and 0 and everything else at 0', () => {
    const all = (name: string) => new Set(valuesOf(program, state.parameters, name));
    expect(all('stage1.unit1.bn1.gamma')).toEqual(new Set([1]));
    expect(all('stage1.unit1.bn1.beta')).toEqual(new Set([0]));
    expect(all('head.dense.bias')).toEqual(new Set([0]));
    expect(new Set(state.momentum)).toEqual(new Set([0]));
    for (const { role, offset } of program.statistics) {
      expect(state.statistics[offset]).toBe(role === 'variance' ? 1 : 0);
    }
  });

  it('is the same for a seed and another for the next', () => {
    expect(initialState(program, 7)).toEqual(state);
    expect(initialState(program, 8).parameters).not.toEqual(state.parameters);
  });

  it('draws a tensor by its name, so that V1 and V2 share what has one name and shape', () => {
    const other = compile('v1', 20);
    const parameters = initialState(other, 7).parameters;
    const name = 'stage2.unit3.conv2.weight';
    expect(valuesOf(other, parameters, name)).toEqual(valuesOf(program, state.parameters, name));
    expect(valuesOf(other, parameters, name)).not.toEqual(valuesOf(other, parameters, 'stage2.unit2.conv2.weight'));
  });

  it('has the same bits on every machine', () => {
    const { parameters } = initialState(compile('v2', 20), 1);
    const hash = createHash('sha256').update(parameters).digest('hex');
    expect(hash).toBe('e7f0d17ba523ecff3b973a6808dd2c35cb9de64e8968e3ae281465b4ab6ad2d9');
  });
});

describe('normalNumbers', () => {
  it('has the moments and the tails of the normal distribution', () => {
    const next = normalNumbers(3, 'moments');
    const count = 400_000;
    const values = Float64Array.from({ length: count }, next);
    // Each within four standard errors.
    const expectMean = (expected: number, variance: number, of: (value: number) => number) => {
      const mean = values.reduce((sum, value) => sum + of(value), 0) / count;
      expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / count));
    };
    expectMean(0, 1, (value) => value);
    expectMean(1, 2, (value) => value ** 2);
    expectMean(0, 15, (value) => value ** 3);
    expectMean(3, 96, (value) => value ** 4);
    for (const [limit, share] of [
      [1, 0.317311],
      [2, 0.0455],
      [3, 0.0026998],
    ] as const) {
      expectMean(share, share * (1 - share), (value) => Number(Math.abs(value) > limit));
    }
  });

  it('takes a logarithm as exact as the built-in one', () => {
    for (const value of [1e-9, 0.001, 0.1, 0.25, 0.5, 0.7, 0.999, 1 - 2 ** -40]) {
      expect(naturalLogarithm(value) / Math.log(value)).toBeCloseTo(1, 14);
    }
  });
});
