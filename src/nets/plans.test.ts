import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { MAX_DEPTH, MIN_DEPTH, type NetworkRequest } from '../contract/network.ts';
import { blocksPerStage, decideNetwork } from './plans.ts';

const small = { height: 32, width: 32 };
const large = { height: 224, width: 224 };

function refusal(request: NetworkRequest): UserError {
  try {
    decideNetwork(request);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${request.depth} was taken`);
}

describe('decideNetwork', () => {
  it.each([
    [8, 'basic', 1],
    [11, 'bottleneck', 1],
    [20, 'basic', 3],
    [110, 'basic', 18],
    [146, 'basic', 24],
    [164, 'bottleneck', 18],
    [542, 'bottleneck', 60],
    [1001, 'bottleneck', 111],
    [1202, 'basic', 200],
  ] as const)('takes the block of the papers at depth %i: %s, %i in each stage', (depth, block, blocks) => {
    const network = decideNetwork({ version: 'v2', depth });
    expect(network).toEqual({ version: 'v2', depth, block });
    expect(blocksPerStage(network)).toEqual([blocks, blocks, blocks]);
  });

  it.each([
    [18, 'basic', [2, 2, 2, 2]],
    [50, 'bottleneck', [3, 4, 6, 3]],
    [200, 'bottleneck', [3, 24, 36, 3]],
  ] as const)('takes the ImageNet plan at depth %i, on small images too', (depth, block, blocks) => {
    for (const images of [small, large]) {
      const network = decideNetwork({ version: 'v1', depth }, images);
      expect(network).toEqual({ version: 'v1', depth, block, family: 'imagenet' });
      expect(blocksPerStage(network)).toEqual(blocks);
    }
  });

  it('follows the family asked for', () => {
    const request = { version: 'v2', depth: 50, family: 'cifar' } as const;
    expect(decideNetwork(request, small)).toEqual({ version: 'v2', depth: 50, block: 'basic' });
    expect(decideNetwork({ ...request, depth: 164 }, large).block).toBe('bottleneck');
    expect(refusal({ ...request, family: 'imagenet', depth: 20 }).hint).toBe(
      'The nearest depths are 18 and 34; the family "cifar" has others',
    );
  });

  it('leaves out what is as in the papers', () => {
    const usual = { shortcut: 'identity', activation: 'original', activationBeforeSplit: false } as const;
    expect(decideNetwork({ version: 'v1', depth: 20, ...usual })).toEqual({ version: 'v1', depth: 20, block: 'basic' });
    const other = { se: 8, shortcut: 'projection', activation: 'bn-after-addition' } as const;
    expect(decideNetwork({ version: 'v1', depth: 20, ...other })).toMatchObject(other);
  });

  it('refuses what a version cannot have', () => {
    expect(refusal({ version: 'v2', depth: 20, activation: 'original' })).toMatchObject({
      message: 'A network of version v2 cannot have the order "original"',
      where: 'activation',
    });
    expect(refusal({ version: 'v1', depth: 20, activationBeforeSplit: true }).where).toBe('activationBeforeSplit');
  });

  it('follows the block asked for', () => {
    expect(decideNetwork({ version: 'v1', depth: 164, block: 'basic' }).block).toBe('basic');
    expect(decideNetwork({ version: 'v1', depth: 20, block: 'bottleneck' }).block).toBe('bottleneck');
  });

  it('takes every depth of the families and no other', () => {
    for (let depth = MIN_DEPTH; depth <= MAX_DEPTH; depth += 1) {
      const request = { version: 'v1', depth } as const;
      const isPublished = [18, 34].includes(depth);
      if ((depth - 2) % 6 === 0 || (depth - 2) % 9 === 0 || isPublished)
        expect(decideNetwork(request).depth).toBe(depth);
      else expect(() => decideNetwork(request)).toThrow(UserError);
    }
  });

  it('says which depths are near', () => {
    expect(refusal({ version: 'v2', depth: 21 }).toData()).toEqual({
      code: 'bad-input',
      message:
        'There is no network of 21 layers: a depth is 6n+2 with basic blocks or 9n+2 with bottleneck blocks, from 8 to 1202, or one of 18, 34, 50, 101, 152, 200',
      where: 'depth',
      hint: 'The nearest depths are 20 and 26',
    });
    expect(refusal({ version: 'v2', depth: 1001, block: 'basic' }).hint).toBe('The nearest depths are 998 and 1004');
    expect(refusal({ version: 'v2', depth: 8, block: 'bottleneck' }).hint).toBe('The nearest depth is 11');
  });
});
