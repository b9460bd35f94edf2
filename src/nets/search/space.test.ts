import { describe, expect, it } from 'vitest';
import { readSpace } from './space.ts';

const space = {
  stem: { width: 16 },
  stages: [{ blocks: [{ kind: { choose: ['basic', 'bottleneck'] }, width: { choose: [8, 16, 32] }, repeat: 2 }] }],
};

describe('a space of architectures', () => {
  it('lists what is open and fills it as a genome says', () => {
    const { choices, size, build, label } = readSpace(space);
    expect(choices.map(({ path }) => path)).toEqual(['stages[0].blocks[0].kind', 'stages[0].blocks[0].width']);
    expect(size).toBe(6);
    expect(label([1, 2])).toBe('kind=bottleneck width=32');
    const shared = { stem: { width: { choose: [8] } }, stages: [{ blocks: [{ width: { choose: [8, 16] } }] }] };
    expect(readSpace(shared).label([0, 1])).toBe('stem.width=8 stage1.block1.width=16');
    expect(readSpace({ blocks: { choose: [{ width: 8 }, { width: 16 }] } }).label([1])).toBe('blocks=#2');
    expect(build([1, 2])).toEqual({
      stem: { width: 16 },
      stages: [{ blocks: [{ kind: 'bottleneck', width: 32, repeat: 2 }] }],
    });
  });

  it.each([
    [{ stem: { width: 16 } }, /leaves nothing open/, ''],
    [{ stem: { width: { choose: [] } } }, /at least one option/, 'stem.width.choose'],
    [{ stem: { width: { choose: 8 } } }, /at least one option/, 'stem.width.choose'],
    [{ stem: { width: { choose: [8], repeat: 2 } } }, /Beside choose/, 'stem.width'],
    [{ a: [{ choose: [{ width: { choose: [1] } }] }] }, /leaves something open itself/, 'a[0].choose[0].width'],
  ])('names the place of what is wrong: %j', (document, message, where) => {
    expect(() => readSpace(document)).toThrow(message);
    expect(() => readSpace(document)).toThrow(expect.objectContaining({ where }));
  });
});
