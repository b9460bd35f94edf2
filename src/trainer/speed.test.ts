import { describe, expect, it } from 'vitest';
import { createSpeed } from './speed.ts';

describe('speed', () => {
  it('knows nothing before a step and no pace after one', () => {
    const speed = createSpeed();
    expect(speed.summary()).toEqual({ firstStepMs: null, stepMs: null, imagesPerSecond: null });
    speed.add(900, 950, 64);
    expect(speed.summary()).toEqual({ firstStepMs: 900, stepMs: null, imagesPerSecond: null });
  });

  it('leaves the first step out of the median and the throughput', () => {
    const speed = createSpeed();
    speed.add(900, 950, 64);
    for (const stepMs of [10, 30, 20, 100]) speed.add(stepMs, stepMs + 10, 50);
    expect(speed.summary()).toEqual({ firstStepMs: 900, stepMs: 25, imagesPerSecond: 1000 });
  });
});
