import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe } from '../contract/recipe.ts';
import { RunRequest, type RunRequestInput } from '../contract/run.ts';
import { StudyRequest, type StudyRequestInput } from '../contract/study.ts';
import { growCommand, studyCommand, trainCommand } from './command.ts';

const train = (request: Omit<RunRequestInput, 'network'>, block?: 'basic') =>
  trainCommand(parse(RunRequest, { network: { version: 'v2', depth: 20, ...(block ? { block } : {}) }, ...request }));
const study = (request: StudyRequestInput) => studyCommand(parse(StudyRequest, request));

describe('the form as a command', () => {
  it('names the network, and of the rest what is not as it would be', () => {
    expect(train({})).toBe('npm start -- train --arch resnet_v2_20');
    expect(study({})).toBe('npm start -- study');
  });

  it('gives the choices of a network, the usual reduction by its name', () => {
    const choices = { se: 16, shortcut: 'projection', activationBeforeSplit: true } as const;
    expect(trainCommand(parse(RunRequest, { network: { version: 'v2', depth: 20, ...choices } }))).toBe(
      'npm start -- train --arch se_resnet_v2_20 --shortcut projection --activation-before-split',
    );
    expect(study(choices)).toBe('npm start -- study --shortcut projection --se 16 --activation-before-split');
  });

  it('adds a further series by what its networks and its recipe have beside the study', () => {
    const recipe = parse(TrainingRecipe, { epochs: 7, batchSize: 32 });
    const series = { label: 'V1 SE', version: 'v1', se: 16, recipe: { ...recipe, stochasticDepth: 0.5 } } as const;
    expect(growCommand(3, series, { recipe })).toBe(
      'npm start -- study grow 3 --series "V1 SE" --series-version v1 --se 16 --stochastic-depth 0.5',
    );
  });

  it('gives every setting by its option', () => {
    const recipe = {
      epochs: 2,
      maxSteps: 7,
      batchSize: 32,
      learningRate: 0.01,
      optimiser: 'adamw' as const,
      momentum: 0.8,
      nesterov: true,
      beta1: 0.8,
      beta2: 0.99,
      epsilon: 1e-6,
      weightDecay: 1e-7,
      decayAll: false,
      schedule: 'step' as const,
      milestones: [0.3, 0.6],
      decayFactor: 0.2,
      warmupSteps: 4,
      warmup: 'constant' as const,
      warmupRate: 0.001,
      clipNorm: 5,
      labelSmoothing: 0.1,
      weightAverage: 0.99,
      rollbacks: 2,
      rollbackFactor: 0.5,
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
      seed: 9,
      validationShare: 0.2,
      validationSeed: 3,
      recompute: 'quarter' as const,
      microBatches: 4,
      precision: 'bfloat16' as const,
      xla: true,
    };
    expect(train({ recipe, data: 'cifar10' }, 'basic')).toBe(
      'npm start -- train --arch resnet_v2_20 --block basic --data cifar10 --epochs 2 --max-steps 7 --batch-size 32 ' +
        '--lr 0.01 --optimiser adamw --momentum 0.8 --nesterov --beta1 0.8 --beta2 0.99 --epsilon 0.000001 ' +
        '--weight-decay 1e-7 --no-decay-all --schedule step --milestones 0.3,0.6 ' +
        '--decay-factor 0.2 --warmup-steps 4 --warmup constant --warmup-rate 0.001 --clip-norm 5 ' +
        '--label-smoothing 0.1 --weight-average 0.99 --rollbacks 2 --rollback-factor 0.5 --stochastic-depth 0.5 ' +
        '--drop-path 0.2 --augment --rand-augment 9 --rand-augment-operations 3 --colour-jitter --lighting --cutout 4 ' +
        '--mixup 0.2 --cut-mix 1 --seed 9 --validation-share 0.2 --validation-seed 3 --recompute quarter --micro-batches 4 ' +
        '--precision bfloat16 --xla',
    );
    expect(study({ versions: ['v2'], depths: [8, 14], seeds: 2, block: 'basic' })).toBe(
      'npm start -- study --versions v2 --depths 8,14 --seeds 2 --block basic',
    );
  });

  it.each([
    ['deep', 'deep'],
    ['two words', '"two words"'],
    ['costs $5', "'costs $5'"],
    ['the run\'s "name"', `'the run'\\''s "name"'`],
  ])('quotes the name %j', (name, quoted) => {
    expect(train({ name })).toBe(`npm start -- train --arch resnet_v2_20 --name ${quoted}`);
  });
});
