import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatLarge } from './format.ts';

describe('what the page writes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1250, '1.25 kB'],
    [41_300_000, '41.3 MB'],
    [2_550_000_000, '2.55 GB'],
  ])('%d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [12.4, '12 ms'],
    [59_499, '59 s'],
    [59_999, '1 min'],
    [200_000, '3 min 20 s'],
    [18_720_000, '5 h 12 min'],
  ])('%d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('counts with separators and operations with a prefix', () => {
    expect(formatCount(10_327_706)).toBe('10,327,706');
    expect(formatLarge(81_234_000)).toBe('81.2 M');
    expect(formatLarge(0)).toBe('0');
  });
});
