import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRunNumbers, parseRunNumbers } from './runNumbers.ts';

it.each([
  ['3,5,8-12', [3, 5, 8, 9, 10, 11, 12]],
  [' 7 , 3,7', [7, 3]],
  ['', null],
  ['5-3', null],
  ['0', null],
  ['1,a', null],
  ['1-1000000', null],
  ['1-900,2000-2900', null],
])('reads %j', (text, numbers) => expect(parseRunNumbers(text)).toEqual(numbers));

it('writes what it reads', () => {
  expect(formatRunNumbers([3, 5, 8, 9, 10, 11, 12])).toBe('3,5,8-12');
  expect(formatRunNumbers([2, 1])).toBe('2,1');
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
  fc.assert(
    fc.property(numbers, (ids) => {
      expect(parseRunNumbers(formatRunNumbers(ids))).toEqual(ids);
    }),
  );
});
