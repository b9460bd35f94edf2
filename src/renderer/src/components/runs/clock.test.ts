import { expect, it } from 'vitest';
import { clock } from './clock.ts';

it.each([
  [3.6, '0:04'],
  [59.6, '1:00'],
  [750, '12:30'],
  [18_720, '5:12:00'],
])('%s seconds read %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
