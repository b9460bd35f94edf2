import { expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { LAYERS, type StepValues, steps, subject } from './health.fixture.ts';
import { createHealthJudge } from './judge.ts';
import type { HealthOutcome, HealthSubject, ObservedStep } from './rule.ts';
import { HEALTH_RULES, HEALTH_RULES_VERSION } from './rules.ts';

interface Case {
  readonly values: readonly StepValues[];
  readonly observed?: readonly ObservedStep[];
  readonly about?: HealthSubject;
  readonly outcome?: HealthOutcome;
}

const STEPS = 130;
const repeat = (values: StepValues, count = STEPS): StepValues[] => Array.from({ length: count }, () => values);
/** Norms that change by `factor` from the loss to the image, in equal parts. */
const falling = (factor: number) => LAYERS.map((_, layer) => 0.1 * factor ** (Math.min(layer, 9) / 9 - 1));
const observedAt = (step: number): ObservedStep => ({ step, deadShares: Float32Array.of(0.1, 0.75) });

/** A run for each rule, one that is well, and one that was not. */
const CASES: Readonly<Record<string, Case>> = {
  healthy: { values: repeat({}) },
  recovered: { values: [...repeat({ norms: falling(5000) }, 40), ...repeat({}, 90)] },
  'not-finite': {
    values: [...repeat({}, 20), { loss: NaN, gradientNorm: NaN, norms: LAYERS.map(() => NaN) }],
    outcome: { state: 'diverged', reason: 'Diverged in step 21: the loss is NaN' },
  },
  'exploding-over-time': { values: [...repeat({}, 30), ...repeat({ gradientNorm: 1000 }, 100)] },
  'exploding-over-depth': { values: repeat({ norms: falling(1e-6) }) },
  'dead-layers': { values: repeat({ norms: LAYERS.map((_, layer) => (layer < 3 ? 0 : 0.1)) }) },
  'dead-channels': {
    values: repeat({}),
    observed: [20, 40, 60, 80].map(observedAt),
    about: { ...subject(), relus: ['stage1.unit1.relu1', 'stage1.unit2.relu1'] },
  },
  vanishing: { values: repeat({ norms: falling(5000) }) },
  stalled: { values: repeat({ loss: Math.log(10), accuracy: 0.1 }) },
  clipped: { values: repeat({ gradientNorm: 3 }), about: subject({ recipe: { clipNorm: 1 } }) },
};

function judged({ values, observed, about = subject(), outcome = runRow() }: Case) {
  const judge = createHealthJudge(about);
  judge.take({ ...steps(values), ...(observed && { observed }) });
  return judge.judge(outcome);
}

it('gives the verdicts of its version: where one changes, raise HEALTH_RULES_VERSION', async () => {
  const rules = HEALTH_RULES.map(({ id, statement }) => ({ id, statement }));
  const verdicts = Object.entries(CASES).map(([name, run]) => ({ name, ...judged(run) }));
  expect(verdicts.map(({ findings }) => findings[0]?.rule)).toEqual([
    undefined,
    'vanishing',
    ...HEALTH_RULES.map(({ id }) => id),
  ]);
  await expect(`${JSON.stringify({ rules, verdicts }, null, 1)}\n`).toMatchFileSnapshot(
    `rules.version-${HEALTH_RULES_VERSION}.json`,
  );
});
