import { describe, expect, it } from 'vitest';
import { chooseVariant } from './device.mjs';

describe('the choice of a runtime', () => {
  const machine = { environment: {}, hasDriver: true, isRefused: false };

  it('is the GPU where a driver is there, a runtime is pinned and it was not seen to fail', () => {
    expect(chooseVariant('linux-x64', machine)).toBe('gpu');
    expect(chooseVariant('linux-x64', { ...machine, hasDriver: false })).toBe('cpu');
    expect(chooseVariant('linux-x64', { ...machine, isRefused: true })).toBe('cpu');
    expect(chooseVariant('darwin-arm64', machine)).toBe('cpu');
  });

  it('follows DEPTHLAB_DEVICE', () => {
    expect(chooseVariant('linux-x64', { ...machine, environment: { DEPTHLAB_DEVICE: 'cpu' } })).toBe('cpu');
    const wished = { environment: { DEPTHLAB_DEVICE: 'gpu' }, hasDriver: false, isRefused: true };
    expect(chooseVariant('linux-x64', wished)).toBe('gpu');
    expect(chooseVariant('darwin-arm64', wished)).toBe('cpu');
  });
});
