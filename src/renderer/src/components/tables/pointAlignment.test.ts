import { expect, it } from 'vitest';
import { alignAtPoint } from './pointAlignment.ts';

const column = (...texts: string[]) => texts.map((text) => ({ text, count: '' }));

it('sets the points of a column below each other, whatever stands before and after', () => {
  expect(alignAtPoint(column('95.15', '100', '−3.2'))).toEqual([
    { indent: 1, width: 6 },
    { indent: 0, width: 6 },
    { indent: 1, width: 6 },
  ]);
});

it('leaves room for the widest spread and count', () => {
  const cells = [
    { text: '9.1 ± 0.2', count: '(3)' },
    { text: '10.25', count: '(12)' },
  ];
  expect(alignAtPoint(cells)).toEqual([
    { indent: 1, width: 14 },
    { indent: 0, width: 14 },
  ]);
});

it('aligns neither words, nor powers of ten, nor what is not finite', () => {
  expect(alignAtPoint(column('–', 'diverged', '3.9e16 ± 7.9e16', '∞', 'NaN', '5'))).toEqual([
    ...Array<null>(5).fill(null),
    { indent: 0, width: 1 },
  ]);
});
