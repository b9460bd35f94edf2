import { expect, it } from 'vitest';
import { readGpuList } from './gpus.mjs';

it('names each GPU with its driver and leaves out what is none', () => {
  const told = 'NVIDIA H100 80GB HBM3, 570.86.15\nNVIDIA GeForce RTX 4090, 550.54\nNo devices were found\n';
  expect(readGpuList(told)).toEqual([
    'NVIDIA H100 80GB HBM3 (driver 570.86.15)',
    'NVIDIA GeForce RTX 4090 (driver 550.54)',
  ]);
  expect(readGpuList('')).toEqual([]);
});
