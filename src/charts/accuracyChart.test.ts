import { describe, expect, it } from 'vitest';
import type { LearningCurve } from './learningCurve.ts';
import { chartTheme } from './theme.ts';
import { accuracyChart } from './accuracyChart.ts';

const facts = { runId: 7, version: 'v1', depth: 44, seed: 1, stepsPerEpoch: 2, batchSize: 64, stepMs: 100 } as const;
const training: LearningCurve = {
  ...facts,
  name: 'Training batches',
  steps: Float64Array.of(1, 2, 3, 4),
  values: Float32Array.of(0.25, 0.5, 0.25, 0.75),
};
const test: LearningCurve = {
  ...facts,
  name: 'Test images',
  steps: Float64Array.of(2, 4),
  values: Float32Array.of(0.125, 0.5),
};
const options = { training, evaluated: test, lastStep: 4, theme: chartTheme(() => '') };

type Line = { type: string; name: string; data: Float64Array; lineStyle: { opacity?: number; type: unknown } };
const linesOf = (smoothing: number) => accuracyChart({ ...options, smoothing }).option.series as Line[];

describe('the accuracy of a run', () => {
  it('has the training batches faint and solid behind the test images', () => {
    const [behind, front] = linesOf(0);
    expect([behind!.name, front!.name]).toEqual(['Training batches', 'Test images']);
    expect(behind!.lineStyle).toMatchObject({ opacity: 0.6, type: 'solid' });
    expect(front!.data).toEqual(Float64Array.of(2, 12.5, 4, 50));
  });

  it('smooths only the batches', () => {
    const names = linesOf(0.5).map(({ name }) => name);
    expect(names.filter((name) => name === 'Training batches')).toHaveLength(2);
    expect(linesOf(0.5).at(-1)!.data).toEqual(linesOf(0).at(-1)!.data);
  });

  it('spans both, and every step', () => {
    const { home } = accuracyChart(options);
    expect([home.x.min, home.x.max]).toEqual([1, 4]);
    expect(home.y.min).toBeLessThanOrEqual(12.5);
    expect(home.y.max).toBeGreaterThanOrEqual(75);
  });

  it('reads both where the crosshair stands', () => {
    const readout = accuracyChart(options).readout(4);
    expect(readout?.rows.map(({ name, value }) => [name, value])).toEqual([
      ['Training batches', '75.00 %'],
      ['Test images', '50.00 %'],
    ]);
    expect(accuracyChart(options).table().rows).toHaveLength(6);
  });
});
