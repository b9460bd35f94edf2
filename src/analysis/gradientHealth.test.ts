import { expect, it } from 'vitest';
import type { NormMap } from '../contract/frames.ts';
import { gradientHealth } from './gradientHealth.ts';

const LAYERS = 20;

function map(norm: (column: number, layer: number) => number, columns = 30): NormMap {
  return {
    runId: 1,
    layers: Array.from({ length: LAYERS }, (_, layer) => `layer${layer}`),
    steps: Float64Array.from({ length: columns }, (_, column) => 1 + column * 10),
    values: Float32Array.from({ length: columns * LAYERS }, (_, index) =>
      norm(Math.floor(index / LAYERS), index % LAYERS),
    ),
    lastStep: columns * 10,
  };
}

it('calls norms within a factor of 1,000 healthy', () => {
  expect(gradientHealth(map((_, layer) => 0.01 * (layer + 1)))).toMatchObject({ verdict: 'healthy', layer: null });
});

it('names the layer and step of the smallest norm where they vanish', () => {
  const health = gradientHealth(
    map((column, layer) => (column === 29 && layer === 3 ? 1e-25 : 10 ** (layer - LAYERS))),
  );
  expect(health).toMatchObject({ verdict: 'vanishing', layer: 3, step: 291 });
  expect(health.sentence).toContain('layer3');
});

it('judges by the newest steps', () => {
  expect(gradientHealth(map((column) => (column < 20 ? 1e9 : 1))).verdict).toBe('healthy');
});

it('names the largest norm where they explode', () => {
  expect(gradientHealth(map((_, layer) => 10 ** -layer))).toMatchObject({ verdict: 'exploding', layer: 0, step: 291 });
});

it('names the first step with a norm that is not finite, and its layer nearest the loss', () => {
  const health = gradientHealth(map((column, layer) => (column > 4 && layer < 18 ? Number.NaN : 1)));
  expect(health).toMatchObject({ verdict: 'not-finite', layer: 17, step: 51 });
  expect(health.sentence).toContain('in steps 51 to 60, in 18 of 20 layers, nearest the loss in layer17');
});

it('says that nothing is known before the first step', () => {
  expect(gradientHealth(map(() => 1, 0)).verdict).toBe('unknown');
});
