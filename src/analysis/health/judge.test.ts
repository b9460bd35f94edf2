import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { HealthRuleId, RunHealth } from '../../contract/health.ts';
import { runRow } from '../runRow.fixture.ts';
import { LAYERS, type StepValues, steps, subject } from './health.fixture.ts';
import { createHealthJudge } from './judge.ts';
import { HEALTH_RULES } from './rules.ts';
import { STALLED_STEPS } from './stalled.ts';

const anyNumber = fc.oneof(
  { weight: 20, arbitrary: fc.float({ min: 0, max: 1000, noNaN: true }) },
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
);
const anyStep: fc.Arbitrary<StepValues> = fc.record({
  loss: anyNumber,
  accuracy: fc.float({ min: 0, max: 1, noNaN: true }),
  gradientNorm: anyNumber,
  norms: fc.array(anyNumber, { minLength: LAYERS.length, maxLength: LAYERS.length }),
});

describe('createHealthJudge', () => {
  it('gives the same verdict whether the steps come at once or as they are trained', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 60 }), fc.nat(59), (values, cut) => {
        const [whole, live] = [createHealthJudge(subject()), createHealthJudge(subject())];
        whole.take(steps(values));
        live.take(steps(values.slice(0, cut)));
        live.judge(runRow());
        live.take(steps(values.slice(cut), Math.min(cut, values.length) + 1));
        const verdict = whole.judge(runRow());
        expect(live.judge(runRow())).toEqual(verdict);
        parse(RunHealth, { runId: 1, ...verdict });
      }),
    );
  });

  it('says what was looked at where all is well, and that it is too early until every rule could hold', () => {
    const judge = createHealthJudge(subject());
    expect(judge.judge(runRow())).toMatchObject({ verdict: 'unknown', sentence: 'No step has been recorded yet' });
    judge.take(steps(Array.from({ length: STALLED_STEPS - 1 }, () => ({}))));
    expect(judge.judge(runRow())).toMatchObject({
      verdict: 'unknown',
      sentence: 'None of the rules held in steps 1 to 99, but a verdict needs 100',
    });
    judge.take(steps([{}], STALLED_STEPS));
    expect(judge.judge(runRow()).verdict).toBe('healthy');
    const { sentence, checks } = judge.judge(runRow());
    expect(sentence).toBe('None of the rules held in steps 1 to 100');
    expect(checks.map(({ nearest }) => nearest)).toEqual([
      'All numbers are finite',
      '3 steps in a row reached at most 1.0 times the median of the first 10 (step 13)',
      'Norms grow by at most a factor of 1.0 from the loss to the image (step 1)',
      'No layer ever had a gradient of exactly 0',
      'This run observes no activations',
      'Norms fall by at most a factor of 1.0 from the loss to the image (step 1)',
      'The lowest mean loss of 100 steps is 0.50, a uniform guess has 2.30',
      'Nothing is clipped',
    ]);
  });

  it('refuses steps that are not the next ones', () => {
    expect(() => createHealthJudge(subject()).take(steps([{}], 2))).toThrow('Step 1 is next, not 2');
  });

  it('has a rule for every name in the contract, in the same order', () => {
    expect(HEALTH_RULES.map(({ id }) => id)).toEqual(HealthRuleId.options);
  });
});
