import { describe, expect, it } from 'vitest';
import { LAYER_QUANTITIES } from '../../src/contract/flow.ts';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

interface Listed {
  readonly quantity: string;
  readonly layers: string[];
  readonly values: number[];
  readonly trend: { readonly first: { unit: string }; readonly last: { unit: string } };
}

describe('flow', () => {
  it('gives every quantity of a step, its trend over depth, and what a quantity was at every observed step', async () => {
    const folder = temporaryFolder();
    await runJson(folder, ...TINY);
    const { code, json, stderr } = await runJson(folder, 'flow', '1', '--step', '2');
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ runId: 1, step: 2, isObserved: true });
    const listed = json['quantities'] as Listed[];
    expect(listed.map(({ quantity }) => quantity)).toEqual([...LAYER_QUANTITIES]);
    for (const { layers, values, trend } of listed) {
      expect(values).toHaveLength(layers.length);
      expect(trend.first.unit).toBe('stage1.unit1');
      expect(trend.last.unit).toBe('stage3.unit1');
    }
    const norms = await runJson(folder, 'norms', '1', '--step', '2');
    const expected = (norms.json['layers'] as { norm: number }[]).map(({ norm }) => norm);
    expect(listed[0]!.values).toEqual(expected);

    const history = await runJson(folder, 'flow', '1', '--quantity', 'activationStd', '--history');
    const steps = history.json['steps'] as { step: number; values: number[] }[];
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(steps[1]!.values).toEqual(listed.find(({ quantity }) => quantity === 'activationStd')!.values);

    const table = await run(folder, 'flow', '1', '--quantity', 'deadFraction');
    expect(table.stdout).toContain('0 for every image and position');
    expect(table.stdout).toMatch(/stage1\.unit1\.relu1 +\d/);
    expect((await run(folder, 'flow', '1')).stdout).toMatch(/updateRatio +\d/);
  });

  it('has gradient norms only where a run observes nothing, and trains the same numbers', async () => {
    const folder = temporaryFolder();
    const observed = await runJson(folder, ...TINY, '--observe', '2');
    const plain = await runJson(folder, ...TINY, '--observe', 'off');
    expect(plain.json['finalLoss']).toBe(observed.json['finalLoss']);
    const first = await runJson(folder, 'flow', '1', '--step', '2');
    expect(first.json).toMatchObject({ step: 2, isObserved: true });
    const none = await runJson(folder, 'flow', '2');
    expect(none.json).toMatchObject({ step: 3, isObserved: false, quantities: [{ quantity: 'gradientNorm' }] });
    const { stdout } = await run(folder, 'flow', '2');
    expect(stdout).toContain('nothing but gradient norms was recorded');
    const { code, stderr } = await run(folder, ...TINY, '--observe', '0');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('The interval of observed steps is at least 1 (--observe)'),
    ]);
  });
});
