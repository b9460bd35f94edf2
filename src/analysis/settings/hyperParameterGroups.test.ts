import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { hyperParameterGroups } from './hyperParameterGroups.ts';

const rowsOf = (run: Parameters<typeof hyperParameterGroups>[0]) =>
  new Map(hyperParameterGroups(run).flatMap(({ rows }) => rows.map((row) => [row.name, row] as const)));

describe('the hyper-parameters of a run', () => {
  it('are in the field’s terms, with units', () => {
    const rows = rowsOf(runRow());
    expect(rows.get('Version')?.value).toBe('V2, pre-activation');
    expect(rows.get('Weight decay')).toEqual({ name: 'Weight decay', value: '0.0001', unit: '', changedFrom: null });
    expect(rows.get('Batch size')?.unit).toBe('images');
    expect(rows.get('Clipping, global norm')?.value).toBe('off');
  });

  it('say what the default would have been', () => {
    const rows = rowsOf(runRow({ recipe: { clipNorm: 5, maxSteps: 300, learningRate: 0.01 } }));
    expect(rows.get('Clipping, global norm')?.changedFrom).toBe('off');
    expect(rows.get('Step limit')?.changedFrom).toBe('none');
    expect(rows.get('Learning rate')?.changedFrom).toBe('0.1');
  });

  it('name what of the network is not as in the papers', () => {
    const rows = rowsOf(
      runRow({ network: { version: 'v1', depth: 20, block: 'basic', se: 16, shortcut: 'projection' } }),
    );
    expect(rows.get('Squeeze and excitation')?.value).toBe('reduction 16');
    expect(rows.get('Shortcut')).toMatchObject({ value: 'projection', changedFrom: 'identity' });
    expect(rows.has('Order of activation')).toBe(false);
  });

  it('write a network from a file out by its stages', () => {
    const block = {
      kind: 'basic',
      activation: 'original',
      shortcut: 'identity',
      activationBeforeSplit: false,
    } as const;
    const architecture = {
      name: 'mixed',
      stem: { window: 3, width: 24, stride: 1, pool: false } as const,
      stages: [{ blocks: [{ ...block, width: 8, stride: 2, se: 4, drop: 0, repeat: 3 }] }],
    };
    const rows = rowsOf(runRow({ network: { version: 'v1', depth: 8, block: 'basic', architecture } }));
    expect(rows.get('Architecture')?.value).toBe('mixed');
    expect(rows.get('Stage 1')?.value).toBe('3 × basic 8 /2 SE 4');
  });

  it('leave out what has no meaning in this run', () => {
    const cosine = rowsOf(runRow());
    expect(['Milestones', 'Decay factor', 'Warm-up kind', 'Step limit'].filter((name) => cosine.has(name))).toEqual([]);
    const step = rowsOf(
      runRow({ recipe: { schedule: 'step', warmupSteps: 400, warmup: 'constant', warmupRate: 0.01 } }),
    );
    expect(step.get('Milestones')?.value).toBe('50, 75');
    expect(step.get('Warm-up rate')?.value).toBe('0.01');
    expect(cosine.has('Recomputed activations')).toBe(false);
    const sparing = rowsOf(runRow({ recipe: { recompute: 'half' } }));
    expect(sparing.get('Recomputed activations')?.value).toBe('half');
    const adamw = rowsOf(runRow({ recipe: { optimiser: 'adamw' } }));
    expect(['Momentum', 'Nesterov momentum'].filter((name) => adamw.has(name))).toEqual([]);
    expect(adamw.get('Beta 2')?.value).toBe('0.999');
  });
});
