import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { adviceFor } from './advice.ts';
import { subject } from './health.fixture.ts';

describe('adviceFor', () => {
  it('names fields and options with values that the command line takes', () => {
    expect(adviceFor(['clip', 'warmup', 'rate', 'rollback'], subject({ recipe: { learningRate: 3e-6 } }))).toEqual([
      'Clip the global gradient norm at 5: Clip norm 5, --clip-norm 5',
      'Warm up over an epoch: Warm-up 21, --warmup-steps 21',
      'A tenth of the learning rate: Learning rate 3e-7, --lr 3e-7',
      'Go back to the last checkpoint with a smaller rate: Rollbacks 2, --rollbacks 2',
    ]);
  });

  it('leaves out what the run has already', () => {
    const recipe = { clipNorm: 5, warmupSteps: 21, rollbacks: 1 };
    expect(adviceFor(['clip', 'warmup', 'rollback', 'preactivation', 'identity'], subject({ recipe }))).toEqual([]);
  });

  it('names the other version of the same depth, and the shortcut to leave out', () => {
    const { network } = runRow({ network: { version: 'v1', depth: 44, block: 'basic', shortcut: 'constant-scaling' } });
    expect(adviceFor(['preactivation', 'identity'], { ...subject(), network })).toEqual([
      'The same depth with pre-activation: Version V2, --arch resnet_v2_44',
      'Identity shortcuts: Shortcut identity, no --shortcut instead of --shortcut constant-scaling',
    ]);
  });
});
