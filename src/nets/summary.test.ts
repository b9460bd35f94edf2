import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { NetworkSummary } from '../contract/network.ts';
import { summariseNetwork } from './summary.ts';

const cifar = { height: 32, width: 32, channels: 3, classes: 10 };

const ofBatch = (batchSize: number) => ({ batchSize, recompute: 'off', microBatches: 1 }) as const;

describe('summariseNetwork', () => {
  it('gives what the contract promises', () => {
    const summary = summariseNetwork({ version: 'v2', depth: 20 }, cifar, ofBatch(128));
    expect(v.parse(v.omit(NetworkSummary, ['device']), summary)).toEqual(summary);
    expect(summary).toMatchObject({ name: 'resnet_v2_20', network: { block: 'basic' }, parameters: 272282 });
    expect(summary.parameterTensors).toBe(61);
  });

  it('adds up: layers to stages, stages to the network', () => {
    for (const depth of [20, 29]) {
      const { layers, stages, parameters, flopsPerImage } = summariseNetwork(
        { version: 'v1', depth },
        cifar,
        ofBatch(1),
      );
      const sum = (rows: readonly { parameters: number; flops: number }[], field: 'parameters' | 'flops') =>
        rows.reduce((total, row) => total + row[field], 0);
      expect([sum(layers, 'parameters'), sum(stages, 'parameters')]).toEqual([parameters, parameters]);
      expect([sum(layers, 'flops'), sum(stages, 'flops')]).toEqual([flopsPerImage, flopsPerImage]);
    }
  });

  it('counts two operations for each multiply-accumulate of convolutions and the dense layer', () => {
    const { layers, flopsPerImage } = summariseNetwork({ version: 'v1', depth: 20 }, cifar, ofBatch(1));
    // 40.8 million multiply-accumulates: He et al. 2015's network with projections.
    expect(flopsPerImage).toBe(81_626_368);
    const flops = Object.fromEntries(layers.map((layer) => [layer.name, layer.flops]));
    expect(flops['stem.conv']).toBe(2 * 32 * 32 * 16 * 27);
    expect(flops['stage2.unit1.conv1']).toBe(2 * 16 * 16 * 32 * 144);
    expect(flops['head.dense']).toBe(2 * 64 * 10);
    expect(flops['stem.bn']).toBe(0);
  });

  it('lists the stages with their blocks and output', () => {
    const { stages } = summariseNetwork({ version: 'v2', depth: 1001 }, cifar, ofBatch(8));
    expect(stages.map(({ name, blocks, outputShape }) => [name, blocks, outputShape])).toEqual([
      ['stem', 0, [32, 32, 16]],
      ['stage1', 111, [32, 32, 64]],
      ['stage2', 111, [16, 16, 128]],
      ['stage3', 111, [8, 8, 256]],
      ['head', 0, [10]],
    ]);
  });

  it('compiles the deepest network to few nodes', () => {
    const summary = summariseNetwork({ version: 'v2', depth: 1001 }, cifar, ofBatch(8));
    expect(summary.parameterTensors).toBe(3005);
    expect(summary.graphNodes).toBeLessThan(12_800);
  });

  it('estimates more memory for a larger batch', () => {
    const bytes = (batch: number) =>
      summariseNetwork({ version: 'v2', depth: 110 }, cifar, ofBatch(batch)).estimatedMemoryBytes;
    expect((bytes(128) - bytes(64)) / (bytes(64) - bytes(0))).toBeCloseTo(1, 6);
    expect(bytes(128)).toBeGreaterThan(1e9);
  });

  it('estimates what recomputation was measured to save, or a little less', () => {
    const network = { version: 'v2', depth: 1001 } as const;
    const bytes = (recompute: 'off' | 'half' | 'quarter') =>
      summariseNetwork(network, cifar, { batchSize: 32, recompute, microBatches: 1 }).estimatedMemoryBytes;
    const measured = { off: 6.49e9, half: 3.11e9, quarter: 1.58e9 };
    for (const recompute of ['off', 'half', 'quarter'] as const) {
      expect(bytes(recompute) / measured[recompute]).toBeGreaterThan(0.9);
      expect(bytes(recompute) / measured[recompute]).toBeLessThan(1.6);
    }
  });

  it('estimates a batch in parts as one of its parts, and one more copy of the gradients', () => {
    const network = { version: 'v2', depth: 110 } as const;
    const whole = summariseNetwork(network, cifar, ofBatch(32));
    const parts = summariseNetwork(network, cifar, { batchSize: 128, recompute: 'off', microBatches: 4 });
    expect(parts.estimatedMemoryBytes - whole.estimatedMemoryBytes).toBe(4 * whole.parameters);
  });
});
