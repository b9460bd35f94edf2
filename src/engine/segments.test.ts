import { describe, expect, it } from 'vitest';
import type { Recompute } from '../contract/recipe.ts';
import { decideNetwork } from '../nets/plans.ts';
import { buildNetwork } from '../nets/resnet.ts';
import { planSegments } from './segments.ts';

const input = { height: 32, width: 32, channels: 3, classes: 10 };

function plan(version: 'v1' | 'v2', depth: number, recompute: Recompute) {
  const network = buildNetwork(decideNetwork({ version, depth }), input);
  const segments = planSegments(network, recompute);
  const last = network.layers.findLast((layer) => segments.has(layer));
  return { network, segments, count: new Set(segments.values()).size, last };
}

describe('planSegments', () => {
  it('keeps everything where it is off', () => {
    expect(plan('v2', 20, 'off').segments.size).toBe(0);
  });

  it.each(['v1', 'v2'] as const)('ends a segment with each unit for half of the memory, %s', (version) => {
    const { network, segments, count } = plan(version, 20, 'half');
    expect(count).toBe(9);
    const ends = network.layers.filter(
      (layer, index) => segments.get(layer) !== segments.get(network.layers[index + 1]!),
    );
    expect(ends.slice(0, 9).map(({ kind }) => kind)).toEqual(new Array(9).fill('addition'));
  });

  it('takes about as many segments as the root of the units for a quarter', () => {
    const { count } = plan('v2', 1001, 'quarter');
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(60);
  });

  it('computes nothing again of the end, where the backward pass starts', () => {
    for (const recompute of ['half', 'quarter'] as const) {
      const { network, segments } = plan('v2', 110, recompute);
      expect(segments.has(network.logits)).toBe(false);
    }
  });
});
