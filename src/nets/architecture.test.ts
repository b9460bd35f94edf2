import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Architecture, type Block } from '../contract/architecture.ts';
import type { NetworkSpec } from '../contract/network.ts';
import { compileNetwork } from '../engine/compile.ts';
import { architectureOf } from './architecture.ts';
import { decideNetwork } from './plans.ts';
import { buildArchitecture, buildNetwork } from './resnet.ts';
import { unitsOf } from './units.ts';

const images = { height: 16, width: 16, channels: 3, classes: 10 };
const options = {
  optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false } as const,
  weightDecay: 1e-4,
  decayAll: true,
  clipNorm: 1,
  imageMean: [0, 0, 0],
  imageStd: [1, 1, 1],
};

const written = (blocks: readonly Record<string, unknown>[], stem: Record<string, unknown> = { width: 16 }) =>
  v.parse(Architecture, { stem, stages: blocks.map((block) => ({ blocks: [block] })) });

describe('architectureOf', () => {
  it.each([
    ['v1', 'basic', 14, { activation: 'original', repeat: 2 }],
    ['v2', 'basic', 8, {}],
    ['v1', 'bottleneck', 11, { activation: 'original', expansion: 4 }],
    ['v2', 'bottleneck', 20, { repeat: 2, drop: 0 }],
  ] as const)('is what one would write: %s %s %i compiles to the same bytes', (version, kind, depth, more) => {
    const network: NetworkSpec = { version, block: kind, depth };
    const same = written([
      { kind, width: 16, ...more },
      { kind, width: 32, stride: 2, ...more },
      { kind, width: 64, stride: 2, ...more },
    ]);
    const bytes = compileNetwork(buildArchitecture(same, images), options).savedModel;
    expect(bytes).toEqual(compileNetwork(buildNetwork(network, images), options).savedModel);
  });

  it.each([
    ['se', { se: 16 }, { se: 16 }],
    ['shortcut', { shortcut: 'exclusive-gating' }, { shortcut: 'exclusive-gating' }],
    ['activation', { activation: 'relu-only-preactivation' }, { activation: 'relu-only-preactivation' }],
  ] as const)('hands the choice of %s to every block', (_field, choice, written) => {
    const { stages } = architectureOf({ version: 'v2', block: 'basic', depth: 14, ...choice }, images);
    for (const { blocks } of stages) expect(blocks).toMatchObject([{ repeat: 2, ...written }]);
  });

  it('activates before the split in the first unit alone', () => {
    const network: NetworkSpec = { version: 'v2', block: 'basic', depth: 20, activationBeforeSplit: true };
    const units = unitsOf(architectureOf(network, images));
    expect(units.map(({ activationBeforeSplit }) => activationBeforeSplit)).toEqual([
      true,
      ...Array<boolean>(8).fill(false),
    ]);
    const byName = new Map(buildNetwork(network, images).layers.map((layer) => [layer.name, layer]));
    expect(byName.get('stage1.unit1.add')?.inputs[1]?.name).toBe('stage1.unit1.relu1');
    expect(byName.get('stage1.unit2.add')?.inputs[1]?.name).toBe('stage1.unit1.add');
  });

  it('keeps to the schema, whatever the network', () => {
    for (const depth of [8, 20, 110, 164, 1001, 1202]) {
      for (const version of ['v1', 'v2'] as const) {
        const architecture = architectureOf(decideNetwork({ version, depth }), images);
        expect(v.parse(Architecture, architecture)).toEqual(architecture);
      }
    }
  });
});

describe('unitsOf', () => {
  const stem = { window: 3, width: 4, stride: 1, pool: false } as const;
  const block: Block = {
    kind: 'bottleneck',
    activation: 'original',
    width: 8,
    stride: 2,
    shortcut: 'identity',
    activationBeforeSplit: false,
    drop: 0.25,
    repeat: 2,
  };

  it('repeats a block with stride 1 and numbers the units through the stage', () => {
    const units = unitsOf({
      stem,
      stages: [{ blocks: [block, { ...block, kind: 'basic', repeat: 1 }] }],
    });
    expect(units.map(({ name, stride, channels, drop }) => [name, stride, channels, drop])).toEqual([
      ['stage1.unit1', 2, 32, 0.25],
      ['stage1.unit2', 1, 32, 0.25],
      ['stage1.unit3', 2, 8, 0.25],
    ]);
  });

  it('gives the stride to the 3x3 of a bottleneck and the expansion to its last convolution', () => {
    const [unit] = unitsOf({
      stem,
      stages: [{ blocks: [{ ...block, expansion: 3 }] }],
    });
    expect(unit?.convolutions).toEqual([
      { window: 1, channels: 8, stride: 1 },
      { window: 3, channels: 8, stride: 2 },
      { window: 1, channels: 24, stride: 1 },
    ]);
  });
});

describe('buildArchitecture', () => {
  it('takes any mix: the first unit decides about the stem, the last about the head', () => {
    const mixed = written(
      [
        { kind: 'basic', activation: 'original', width: 6 },
        { kind: 'bottleneck', width: 4, stride: 2, expansion: 2 },
      ],
      { width: 6, window: 5, stride: 2 },
    );
    const { layers, parameters } = buildArchitecture(mixed, images);
    const names = layers.map(({ name }) => name);
    expect(names).toContain('stem.bn');
    expect(names).toContain('head.bn');
    expect(parameters[0]).toMatchObject({ name: 'stem.conv.weight', shape: [5, 5, 3, 6] });
    expect(layers.find(({ name }) => name === 'stage2.unit1.add')?.shape).toEqual([4, 4, 8]);
  });
});
