import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import type { FurtherSeries } from '../contract/series.ts';
import { runRow } from './runRow.fixture.ts';
import { seriesHeads, seriesLabel, seriesOf } from './studySeries.ts';

const recipe = (input: TrainingRecipeInput = {}) => parse(TrainingRecipe, input);
const se: FurtherSeries = { label: 'V2 SE', version: 'v2', se: 16, recipe: recipe() };
const dropped: FurtherSeries = { label: 'Dropped', version: 'v2', recipe: recipe({ stochasticDepth: 0.5 }) };
const further = [se, dropped];
const run = (change: Parameters<typeof runRow>[0]) => seriesOf(runRow(change), further);
const v2 = { version: 'v2', depth: 20, block: 'basic' } as const;

describe('seriesOf', () => {
  it('tells series apart by their networks and by their recipe, whatever the seed', () => {
    expect(run({ network: v2, recipe: { seed: 3 } })).toBe('v2');
    expect(run({ network: { ...v2, version: 'v1' }, recipe: {} })).toBe('v1');
    expect(run({ network: { ...v2, se: 16 }, recipe: { seed: 3 } })).toBe('third');
    expect(run({ network: v2, recipe: { seed: 2, stochasticDepth: 0.5 } })).toBe('fourth');
  });

  it('leaves to its version what is neither', () => {
    expect(run({ network: { ...v2, se: 8 }, recipe: {} })).toBe('v2');
    expect(run({ network: { ...v2, se: 16 }, recipe: { stochasticDepth: 0.5 } })).toBe('v2');
  });

  it('knows plain networks in a study of others', () => {
    const plain: FurtherSeries = { label: 'Plain', version: 'v2', recipe: recipe() };
    expect(seriesOf(runRow({ network: { ...v2, se: 16 } }), [plain])).toBe('v2');
    expect(seriesOf(runRow({ network: v2 }), [plain])).toBe('third');
  });

  it('compares architectures by their content, in whatever order their fields are', () => {
    const block = { kind: 'basic', activation: 'full-preactivation', channels: 16, stride: 1, shortcut: 'identity' };
    const backwards = Object.fromEntries(Object.entries(block).reverse());
    const architecture = (of: object) => ({ stages: [{ blocks: [of] }] }) as never;
    const own: FurtherSeries = { label: 'Own', version: 'v2', recipe: recipe(), architecture: architecture(block) };
    expect(seriesOf(runRow({ network: { ...v2, architecture: architecture(backwards) } }), [own])).toBe('third');
    expect(seriesOf(runRow({ network: { ...v2, architecture: architecture({ ...block, stride: 2 }) } }), [own])).toBe(
      'v2',
    );
  });
});

it('heads series in their order, with their labels', () => {
  expect(seriesHeads(new Set(['fourth', 'v2', 'v1']), further)).toEqual([
    { id: 'v1', label: 'V1' },
    { id: 'v2', label: 'V2' },
    { id: 'fourth', label: 'Dropped' },
  ]);
  expect(seriesLabel('third', further)).toBe('V2 SE');
});
