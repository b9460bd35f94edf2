import { expect, it } from 'vitest';
import { createRecent } from './recent.ts';

it('keeps what was asked for last', () => {
  const recent = createRecent<string, number>(2);
  recent.set('one', 1);
  recent.set('two', 2);
  expect(recent.get('one')).toBe(1);
  recent.set('three', 3);
  expect(['one', 'two', 'three'].map(recent.get)).toEqual([1, undefined, 3]);
  recent.set('three', 4);
  expect(['one', 'three'].map(recent.get)).toEqual([1, 4]);
  recent.delete('one');
  expect(recent.get('one')).toBeUndefined();
});
