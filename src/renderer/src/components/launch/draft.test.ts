import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { parse } from 'valibot';
import { StudyRequest } from '../../../../contract/study.ts';
import { checkRun, checkStudy } from './check.ts';
import { defaultDraft, draftOfRun, draftOfStudy, takeBack } from './draft.ts';
import { gridOf } from './grid.ts';
import { changesBetween } from './labels.ts';
import { PRESETS } from '../../../../contract/presets.ts';
import { applyPreset, matchesPreset } from './presets.ts';

describe('a form filled from a run', () => {
  it('asks for the same run again', () => {
    const run = runRow({
      network: { version: 'v1', depth: 164, block: 'bottleneck', se: 8, shortcut: 'exclusive-gating' },
      recipe: { epochs: 7, clipNorm: 5, maxSteps: 9, schedule: 'step', milestones: [0.4], weightDecay: 0, seed: 12 },
    });
    const { request } = checkRun(draftOfRun(run));
    expect(request).toEqual({ name: run.name, network: run.network, data: run.data, recipe: run.recipe });
  });

  it('takes over a name that the user gave, not one that the host did', () => {
    const network = { version: 'v2', depth: 20, block: 'basic' } as const;
    expect(draftOfRun(runRow({ network, name: 'with clipping' })).name).toBe('with clipping');
    expect(draftOfRun(runRow({ network, name: 'resnet_v2_20 seed 1' })).name).toBe('');
  });
});

it('asks for the same study again when it was filled from one', () => {
  const request = parse(StudyRequest, {
    versions: ['v2'],
    depths: [8, 14],
    seeds: 5,
    activationBeforeSplit: true,
    recipe: { epochs: 2 },
  });
  expect(checkStudy(draftOfStudy(request)).request).toEqual(request);
});

describe('a preset', () => {
  it('is recognised when it was applied, whatever the seed and the network', () => {
    for (const preset of PRESETS) {
      const draft = { ...applyPreset(defaultDraft(), preset), seed: '4', depths: '8' };
      expect(PRESETS.filter((each) => matchesPreset(draft, each))).toEqual([preset]);
    }
  });

  it('says what it changed', () => {
    const before = { ...defaultDraft(), epochs: '9', seed: '3' };
    expect(changesBetween(before, applyPreset(before, PRESETS[2]!))).toEqual([
      'Epochs 9 → 10',
      'Warm-up 0 → 25',
      'Clip norm off → 5',
    ]);
  });
});

describe('a change taken back', () => {
  it('keeps what was typed after it', () => {
    const before = { ...defaultDraft(), epochs: '9', versions: ['v1' as const] };
    const after = defaultDraft();
    const now = { ...after, versions: [...after.versions], momentum: '0.5', learningRate: '0.2' };
    expect(takeBack(now, before, after)).toEqual({ ...before, momentum: '0.5', learningRate: '0.2' });
  });
});

describe('the grid of a draft', () => {
  it('has every version at every depth once, the shallow first', () => {
    const draft = { ...defaultDraft(), depths: '44, 8, 44', seeds: '2' };
    const grid = gridOf('study', draft);
    expect(grid?.networks.map(({ version, depth }) => `${version} ${depth}`)).toEqual([
      'v1 8',
      'v2 8',
      'v1 44',
      'v2 44',
    ]);
    expect(grid?.runs).toBe(8);
    expect(gridOf('run', draft)?.networks).toEqual([{ version: 'v2', depth: 20 }]);
  });

  it('does not depend on the rest of the recipe', () => {
    expect(gridOf('study', { ...defaultDraft(), momentum: 'x' })?.runs).toBe(18);
    expect(gridOf('study', { ...defaultDraft(), batchSize: 'x' })).toBeNull();
  });
});
