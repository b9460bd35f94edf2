import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { MAX_DEPTH, MIN_DEPTH, type NetworkRequest } from '../contract/network.ts';
import { blocksPerStage, decideNetwork } from './plans.ts';

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
    [50, 'basic', 8],
    [110, 'basic', 18],
    [146, 'basic', 24],
    [164, 'bottleneck', 18],
    [542, 'bottleneck', 60],
    [1001, 'bottleneck', 111],
    [1202, 'basic', 200],
  ] as const)('takes the block of the papers at depth %i: %s, %i in each stage', (depth, block, blocks) => {
    const network = decideNetwork({ version: 'v2', depth });
    expect(network).toEqual({ version: 'v2', depth, block });
    expect(blocksPerStage(network)).toBe(blocks);
  });

  it('follows the block asked for', () => {
    expect(decideNetwork({ version: 'v1', depth: 164, block: 'basic' }).block).toBe('basic');
    expect(decideNetwork({ version: 'v1', depth: 20, block: 'bottleneck' }).block).toBe('bottleneck');
  });

  it('takes every depth of the family and no other', () => {
    for (let depth = MIN_DEPTH; depth <= MAX_DEPTH; depth += 1) {
      const request = { version: 'v1', depth } as const;
      if ((depth - 2) % 6 === 0 || (depth - 2) % 9 === 0) expect(decideNetwork(request).depth).toBe(depth);
      else expect(() => decideNetwork(request)).toThrow(UserError);
    }
  });

  it('says which depths are near', () => {
    expect(refusal({ version: 'v2', depth: 21 }).toData()).toEqual({
      code: 'bad-input',
      message:
        'There is no network of 21 layers: a depth is 6n+2 with basic blocks or 9n+2 with bottleneck blocks, from 8 to 1202',
      where: 'depth',
      hint: 'The nearest depths are 20 and 26',
    });
    expect(refusal({ version: 'v2', depth: 1001, block: 'basic' }).hint).toBe('The nearest depths are 998 and 1004');
    expect(refusal({ version: 'v2', depth: 8, block: 'bottleneck' }).hint).toBe('The nearest depth is 11');
  });
});
