import { expect, it } from 'vitest';
import { nameDevice, trainingDevice } from './device.ts';

it('names the first GPU, or else the processor', () => {
  expect(nameDevice(['NVIDIA H100 (driver 570.1)', 'NVIDIA L4 (driver 570.1)'])).toBe(
    'GPU: NVIDIA H100 (driver 570.1)',
  );
  expect(nameDevice([])).toMatch(/^CPU: ./);
  expect(trainingDevice()).toMatch(/^[CG]PU: ./);
});
