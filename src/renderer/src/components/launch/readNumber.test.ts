import { describe, expect, it } from 'vitest';
import { readNumber, readNumbers, toggleInList } from './readNumber.ts';

describe('a typed number', () => {
  it.each([
    ['0.1', 0.1],
    [' 1e-4 ', 1e-4],
    ['.5', 0.5],
    ['5.', 5],
    ['-3', -3],
    ['1E3', 1000],
  ])('%j is read', (text, value) => {
    expect(readNumber(text)).toEqual({ value });
  });

  it.each([
    ['', 'A number is needed here'],
    ['0,1', 'A decimal is written with a point: 0.1'],
    ['1,000,000', '“1,000,000” is not a number'],
    ['0x10', '“0x10” is not a number'],
    ['Infinity', '“Infinity” is not a number'],
    ['fast', '“fast” is not a number'],
  ])('%j is refused with a sentence', (text, issue) => {
    expect(readNumber(text)).toEqual({ issue });
  });
});

describe('a typed list of numbers', () => {
  it('has commas, semicolons or spaces between them', () => {
    expect(readNumbers('8, 20;44  56')).toEqual({ values: [8, 20, 44, 56] });
    expect(readNumbers(' ')).toEqual({ issue: 'At least one number is needed here' });
    expect(readNumbers('8, x')).toEqual({ issue: '“x” is not a number' });
  });

  it('takes a number in, in its place, and out again', () => {
    expect(toggleInList('8, 44', 20)).toBe('8, 20, 44');
    expect(toggleInList('8, 20, 44', 20)).toBe('8, 44');
    expect(toggleInList('', 8)).toBe('8');
  });

  it('keeps what is no number', () => {
    expect(toggleInList('x', 8)).toBe('x, 8');
  });
});
