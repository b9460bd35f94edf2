import { expect, it } from 'vitest';
import { rgbaOf } from './pixels.ts';

it('shows one channel as grey and three as they are', () => {
  const grey = rgbaOf(Uint8Array.of(0, 0, 10, 20), 1, { height: 1, width: 2, channels: 1 });
  expect([...grey]).toEqual([10, 10, 10, 255, 20, 20, 20, 255]);
  const coloured = rgbaOf(Uint8Array.of(1, 2, 3), 0, { height: 1, width: 1, channels: 3 });
  expect([...coloured]).toEqual([1, 2, 3, 255]);
});
