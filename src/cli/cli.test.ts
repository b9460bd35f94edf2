import { Command } from 'commander';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { NetworkChoices } from '../contract/network.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import { bytes, duration, percent, table } from './format.ts';
import { nearMatch } from './nearMatch.ts';
import { addNetworkOptions, choicesFrom, networkFlag, networkFrom } from './networkOptions.ts';
import { addRecipeOptions, recipeFlag, recipeFrom } from './recipeOptions.ts';
import { studyTableText } from './studyTable.ts';

describe('the recipe options', () => {
  const recipeOf = (...words: string[]) => {
    const command = addRecipeOptions(new Command().exitOverride());
    command.parse(words, { from: 'user' });
    return recipeFrom(command);
  };

  it('leave out what was not given, so that the contract decides', () => {
    expect(recipeOf()).toEqual({});
    expect(parse(TrainingRecipe, recipeOf())).toEqual(parse(TrainingRecipe, {}));
  });

  it('reach every field of the recipe', () => {
    const all = recipeOf(
      ...['--epochs', '7', '--max-steps', '9', '--batch-size', '32', '--lr', '0.2', '--momentum', '0.8'],
      ...['--weight-decay', '1e-3', '--no-decay-all', '--schedule', 'step', '--milestones', '0.2,0.6'],
      ...['--decay-factor', '0.5', '--warmup-steps', '10', '--warmup', 'constant', '--warmup-rate', '0.01'],
      ...['--clip-norm', '5', '--augment', '--seed', '3', '--recompute', 'half', '--optimiser', 'adamw', '--nesterov'],
      ...['--beta1', '0.8', '--beta2', '0.99', '--epsilon', '1e-6', '--label-smoothing', '0.1'],
      ...['--rollbacks', '2', '--rollback-factor', '0.5', '--stochastic-depth', '0.5', '--drop-path', '0.2'],
      ...['--weight-average', '0.99', '--micro-batches', '2', '--precision', 'bfloat16', '--xla', '--observe', '10'],
      ...[
        '--validation-share',
        '0.2',
        '--validation-seed',
        '4',
        '--rand-augment',
        '9',
        '--rand-augment-operations',
        '3',
      ],
      ...['--colour-jitter', '--lighting', '--cutout', '4', '--mixup', '0.2', '--cut-mix', '1'],
    );
    expect(all).toEqual({
      epochs: 7,
      maxSteps: 9,
      batchSize: 32,
      learningRate: 0.2,
      momentum: 0.8,
      weightDecay: 1e-3,
      decayAll: false,
      schedule: 'step',
      milestones: [0.2, 0.6],
      decayFactor: 0.5,
      warmupSteps: 10,
      warmup: 'constant',
      warmupRate: 0.01,
      clipNorm: 5,
      stochasticDepth: 0.5,
      dropPath: 0.2,
      augment: true,
      randAugmentMagnitude: 9,
      randAugmentOperations: 3,
      colourJitter: true,
      lighting: true,
      cutout: 4,
      mixup: 0.2,
      cutMix: 1,
      recompute: 'half',
      microBatches: 2,
      precision: 'bfloat16',
      xla: true,
      observe: 10,
      seed: 3,
      validationShare: 0.2,
      validationSeed: 4,
      optimiser: 'adamw',
      nesterov: true,
      beta1: 0.8,
      beta2: 0.99,
      epsilon: 1e-6,
      labelSmoothing: 0.1,
      rollbacks: 2,
      rollbackFactor: 0.5,
      weightAverage: 0.99,
    });
    expect(Object.keys(all).toSorted()).toEqual(Object.keys(TrainingRecipe.entries).toSorted());
  });

  it('start from a preset, whose fields they override', () => {
    const published = recipeOf('--preset', 'he2016-cifar');
    expect(published).toMatchObject({ learningRate: 0.1, batchSize: 128, maxSteps: 64_000, augment: true });
    const changed = recipeOf('--preset', 'he2016-cifar', '--lr', '0.05', '--max-steps', 'off', '--no-augment');
    expect(changed).toEqual({ ...published, learningRate: 0.05, maxSteps: null, augment: false });
    expect(() => recipeOf('--preset', 'none')).toThrow('Allowed choices are');
  });

  it('are named in place of the field that is at fault', () => {
    expect(recipeFlag('recipe.learningRate')).toBe('--lr');
    expect(recipeFlag('recipe.milestones.1')).toBe('--milestones');
    expect(recipeFlag('network.depth')).toBeNull();
  });
});

describe('a network by its name', () => {
  it('is read with its block', () => {
    expect(networkFrom('resnet_v2_20')).toEqual({ version: 'v2', depth: 20 });
    expect(networkFrom('ResNet_V1_110', { block: 'bottleneck' })).toEqual({
      version: 'v1',
      depth: 110,
      block: 'bottleneck',
    });
  });

  it('has every choice of the contract as an option', () => {
    const command = addNetworkOptions(new Command().exitOverride());
    command.parse(
      [
        ...['--block', 'basic', '--family', 'cifar', '--se', '8', '--shortcut', 'projection'],
        ...['--activation', 'full-preactivation', '--activation-before-split'],
      ],
      { from: 'user' },
    );
    const choices = choicesFrom(command);
    expect(parse(NetworkChoices, choices)).toEqual({
      block: 'basic',
      family: 'cifar',
      se: 8,
      shortcut: 'projection',
      activation: 'full-preactivation',
      activationBeforeSplit: true,
    });
    expect(Object.keys(choices)).toEqual(Object.keys(NetworkChoices.entries));
    expect(networkFrom('se_resnet_v2_20')).toEqual({ version: 'v2', depth: 20, se: 16 });
    expect([networkFlag('network.shortcut'), networkFlag('se'), networkFlag('depths')]).toEqual([
      '--shortcut',
      '--se',
      null,
    ]);
  });

  it.each([
    ['resnetv2-20', 'resnet_v2_20'],
    ['ResNet-v1 56', 'resnet_v1_56'],
    ['resnet_2_164', 'resnet_v2_164'],
    ['SE-ResNet-v2-110', 'se_resnet_v2_110'],
  ])('%s is taken for %s', (mistyped, meant) => {
    expect(() => networkFrom(mistyped)).toThrow(
      expect.objectContaining({ code: 'bad-input', hint: expect.stringContaining(`Did you mean ${meant}?`) as string }),
    );
  });
});

describe('near matches', () => {
  it('are found within a third of the letters', () => {
    expect(nearMatch('digit', ['digits', 'cifar10'])).toBe('digits');
    expect(nearMatch('gradientnorm', ['loss', 'gradientNorm'])).toBe('gradientNorm');
    expect(nearMatch('imagenet', ['digits', 'cifar10'])).toBeNull();
  });
});

describe('figures for people', () => {
  it('have their units', () => {
    expect(percent(0.92347)).toBe('92.35 %');
    expect(bytes(2_550_000_000)).toBe('2.55 GB');
    expect(duration(3_723_000)).toBe('1:02:03');
    expect(duration(59_600)).toBe('1:00');
  });

  it('stand in columns, numbers to the right', () => {
    expect(
      table(
        ['name', 'n'],
        [
          ['a', '1'],
          ['long', '12'],
        ],
      ),
    ).toBe('name   n\na      1\nlong  12');
  });
});

describe('the paired table', () => {
  const cell = { std: 0.01, interval: null, values: [], failed: [], stopped: [], runIds: [1, 2] };
  it('shows mean, deviation and count of each version side by side', () => {
    const text = studyTableText({
      studyId: 1,
      name: 'digits',
      metric: 'testAccuracy',
      images: null,
      series: [
        { id: 'v1', label: 'V1' },
        { id: 'v2', label: 'V2' },
      ],
      cells: [
        { ...cell, series: 'v1', version: 'v1', depth: 8, n: 2, mean: 0.9 },
        { ...cell, series: 'v2', version: 'v2', depth: 8, n: 2, mean: 0.95 },
        {
          ...cell,
          series: 'v1',
          version: 'v1',
          depth: 20,
          n: 1,
          mean: 0.9,
          std: null,
          failed: [{ runId: 3, seed: 2, reason: 'x' }],
        },
        { ...cell, series: 'v2', version: 'v2', depth: 20, n: 0, mean: null, std: null },
      ],
      differences: [
        { series: 'v2', against: 'v1', depth: 8, n: 2, mean: 0.05, std: 0, interval: null, verdict: 'V2 is higher.' },
      ],
    });
    expect(text).toContain('90.00 ± 1.00 (2)');
    expect(text).toContain('95.00 ± 1.00 (2)');
    expect(text).toContain('90.00 (1), 1 failed');
    expect(text).toContain('- (0)');
    expect(text).toContain('8 layers: V2 is higher.');
  });
});
