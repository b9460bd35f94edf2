import { describe, expect, it } from 'vitest';
import type { HealthFinding, RunHealth } from '../../contract/health.ts';
import { marksOf } from './marks.ts';

const finding = (change: Partial<HealthFinding>): HealthFinding => ({
  rule: 'vanishing',
  fault: 'vanishing',
  firstStep: 3,
  lastStep: 9,
  holds: true,
  layer: { position: 4, name: 'stage1.unit1.conv1.weight' },
  measured: 2000,
  sentence: 'Norms fall',
  advice: [],
  ...change,
});

describe('marksOf', () => {
  it('has a mark where a rule first held at a layer, and one for all of the same place', () => {
    const health: RunHealth = {
      runId: 1,
      verdict: 'dead',
      sentence: '',
      lastStep: 30,
      checks: [],
      findings: [
        finding({ rule: 'dead-layers' }),
        finding({}),
        finding({ rule: 'stalled', layer: null }),
        finding({ rule: 'exploding-over-time', firstStep: 7 }),
      ],
    };
    expect(marksOf(health, 'gradientNorm')).toEqual([
      { layer: 4, step: 3, text: 'Dead layers, vanishing over depth' },
      { layer: 4, step: 7, text: 'Exploding over time' },
    ]);
  });
});
