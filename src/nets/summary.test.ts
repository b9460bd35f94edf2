import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { NetworkSummary } from '../contract/network.ts';
import { summariseNetwork } from './summary.ts';

const cifar = { height: 32, width: 32, channels: 3, classes: 10 };

describe('summariseNetwork', () => {
  it('gives what the contract promises', () => {
    const summary = summariseNetwork({ version: 'v2', depth: 20 }, cifar, 128);
    expect(v.parse(v.omit(NetworkSummary, ['device']), summary)).toEqual(summary);
    expect(summary).toMatchObject({ name: 'resnet_v2_20', network: { block: 'basic' }, parameters: 272282 });
    expect(summary.parameterTensors).toBe(61);
  });

  it('adds up: layers to stages, stages to the network', () => {
    for (const depth of [20, 29]) {
      const { layers, stages, parameters, flopsPerImage } = summariseNetwork({ version: 'v1', depth }, cifar, 1);
      const sum = (rows: readonly { parameters: number; flops: number }[], field: 'parameters' | 'flops') =>
        rows.reduce((total, row) => total + row[field], 0);
      expect([sum(layers, 'parameters'), sum(stages, 'parameters')]).toEqual([parameters, parameters]);
      expect([sum(layers, 'flops'), sum(stages, 'flops')]).toEqual([flopsPerImage, flopsPerImage]);
    }
  });

  it('counts two operations for each multiply-accumulate of convolutions and the dense layer', () => {
    const { layers, flopsPerImage } = summariseNetwork({ version: 'v1', depth: 20 }, cifar, 1);
    // 40.8 million multiply-accumulates: He et al. 2015's network with projections.
    expect(flopsPerImage).toBe(81_626_368);
    const flops = Object.fromEntries(layers.map((layer) => [layer.name, layer.flops]));
    expect(flops['stem.conv']).toBe(2 * 32 * 32 * 16 * 27);
    expect(flops['stage2.unit1.conv1']).toBe(2 * 16 * 16 * 32 * 144);
    expect(flops['head.dense']).toBe(2 * 64 * 10);
    expect(flops['stem.bn']).toBe(0);
  });

  it('lists the stages with their blocks and output', () => {
    const { stages } = summariseNetwork({ version: 'v2', depth: 1001 }, cifar, 8);
    expect(stages.map(({ name, blocks, outputShape }) => [name, blocks, outputShape])).toEqual([
      ['stem', 0, [32, 32, 16]],
      ['stage1', 111, [32, 32, 64]],
      ['stage2', 111, [16, 16, 128]],
      ['stage3', 111, [8, 8, 256]],
      ['head', 0, [10]],
    ]);
  });

  it('compiles the deepest network to few nodes', () => {
    const summary = summariseNetwork({ version: 'v2', depth: 1001 }, cifar, 8);
    expect(summary.parameterTensors).toBe(3005);
    expect(summary.graphNodes).toBeLessThan(12_800);
  });

  it('estimates more memory for a larger batch', () => {
    const bytes = (batch: number) => summariseNetwork({ version: 'v2', depth: 110 }, cifar, batch).estimatedMemoryBytes;
    expect((bytes(128) - bytes(64)) / (bytes(64) - bytes(0))).toBeCloseTo(1, 6);
    expect(bytes(128)).toBeGreaterThan(1e9);
  });
});
