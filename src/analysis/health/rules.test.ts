import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthRuleId } from '../../contract/health.ts';
import { runRow } from '../runRow.fixture.ts';
import { DEAD_STEPS, deadStepsOf } from './deadLayers.ts';
import { DEPTH_HOLD_STEPS } from './depthObserver.ts';
import { EXPLODING_FACTOR, explodingThreshold } from './explodingOverDepth.ts';
import { GROWTH_FACTOR, GROWTH_FIRST_STEPS, GROWTH_HOLD_STEPS } from './explodingOverTime.ts';
import { LAYERS, type StepValues, steps, subject } from './health.fixture.ts';
import { createHealthJudge } from './judge.ts';
import { chanceAccuracy, STALLED_LOSS_SHARE, STALLED_STEPS } from './stalled.ts';
import { VANISHING_FACTOR } from './vanishing.ts';

const repeat = (count: number, values: StepValues): StepValues[] => Array.from({ length: count }, () => values);

function judgeAll(values: readonly StepValues[], about = subject(), outcome = runRow()) {
  const judge = createHealthJudge(about);
  judge.take(steps(values));
  return judge.judge(outcome);
}

const found = (values: readonly StepValues[], rule: HealthRuleId, about = subject()) =>
  judgeAll(values, about).findings.find((finding) => finding.rule === rule);

/** Norms that change by `factor` from the loss to the image, in equal parts. */
const falling = (factor: number) => LAYERS.map((_, layer) => 0.1 * factor ** (Math.min(layer, 9) / 9 - 1));

describe('vanishing and exploding over depth', () => {
  const well = repeat(5, {});
  it.each([
    ['vanishing', falling(VANISHING_FACTOR * 1.01), falling(VANISHING_FACTOR * 0.99)],
    ['exploding-over-depth', falling(1 / (EXPLODING_FACTOR * 1.01)), falling(1 / (EXPLODING_FACTOR * 0.99))],
  ] as const)('%s holds just beyond its threshold, for enough steps in a row', (rule, beyond, within) => {
    const at = { firstStep: 6, holds: true, layer: { position: 0, name: LAYERS[0] } };
    expect(found([...well, ...repeat(DEPTH_HOLD_STEPS, { norms: beyond })], rule)).toMatchObject(at);
    expect(found([...well, ...repeat(DEPTH_HOLD_STEPS - 1, { norms: beyond })], rule)).toBeUndefined();
    expect(found([...well, ...repeat(50, { norms: within })], rule)).toBeUndefined();
    const interrupted = repeat(9, { norms: beyond }).flatMap((step, index) => (index % 5 === 4 ? [step, {}] : [step]));
    expect(found(interrupted, rule)).toBeUndefined();
  });

  it('says how far norms fell, when they fell most, and whether they still do', () => {
    const finding = found(
      [...well, ...repeat(12, { norms: falling(2000) }), { norms: falling(5000) }, ...repeat(3, {})],
      'vanishing',
    );
    expect(finding).toMatchObject({ firstStep: 6, lastStep: 18, holds: false });
    expect(finding?.measured).toBeCloseTo(2000, -1);
    expect(finding?.sentence).toMatch(
      /^Norms fall by a factor of 2,000 .* in step 6 \(median 0\.10 .*5e−5 in the first\), most by a factor of 5,000 in step 18$/,
    );
  });

  it('lets norms grow by the square of the number of units', () => {
    const units = (count: number) => Array.from({ length: count }, (_, unit) => `stage1.unit${unit + 1}.conv1.weight`);
    expect(explodingThreshold(units(10))).toBe(EXPLODING_FACTOR);
    expect(explodingThreshold([...units(333), 'head.dense.weight'])).toBe(333 ** 2);
  });

  it('passes over layers whose gradients are exactly 0: they are dead, and nothing fell there', () => {
    const dead = LAYERS.map((_, layer) => (layer < 3 ? 0 : 0.1));
    const { findings } = judgeAll(repeat(30, { norms: dead }));
    expect(findings.map(({ rule }) => rule)).toEqual(['dead-layers']);
    const underflow = falling(1e6).map((norm, layer) => (layer < 2 ? 0 : norm));
    const both = judgeAll(repeat(30, { norms: underflow }));
    expect(both.findings.map(({ rule }) => rule)).toEqual(['dead-layers', 'vanishing']);
  });

  it('measures what a plain calculation gives, of any norms', () => {
    const norm = fc.float({ min: Math.fround(1e-6), max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(norm, { minLength: LAYERS.length, maxLength: LAYERS.length }), (norms) => {
        const factor = Math.fround(norms[9]!) / Math.fround(norms[0]!);
        const finding = found(repeat(DEPTH_HOLD_STEPS, { norms }), 'vanishing');
        expect(finding !== undefined).toBe(factor > VANISHING_FACTOR);
        if (finding) expect(finding.measured / factor).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('exploding over time', () => {
  const start = repeat(GROWTH_FIRST_STEPS, { gradientNorm: 2 });
  const norms = LAYERS.map((_, layer) => (layer === 4 ? 9 : 1));
  const above = { gradientNorm: 2 * GROWTH_FACTOR * 1.01, norms };

  it('holds above its threshold, for enough steps in a row, and names the layer with the largest norm', () => {
    const finding = found([...start, {}, ...repeat(GROWTH_HOLD_STEPS, above)], 'exploding-over-time');
    expect(finding).toMatchObject({ firstStep: GROWTH_FIRST_STEPS + 2, holds: true, layer: { position: 4 } });
    expect(finding?.sentence).toContain('20 in step 12, 10 times its median of 2.0 over the first 10 steps');
  });

  it.each([
    ['one noisy step', [above, {}, above, above, {}]],
    ['a norm at the threshold', repeat(30, { gradientNorm: 2 * GROWTH_FACTOR })],
    ['large first steps', repeat(30, { gradientNorm: 5 })],
  ])('does not hold of %s', (_, rest) => {
    expect(found([...start, ...rest], 'exploding-over-time')).toBeUndefined();
  });
});

describe('dead layers', () => {
  const dead = (layers: readonly number[]) => LAYERS.map((_, layer) => (layers.includes(layer) ? 0 : 0.1));

  it('are those without a gradient for enough steps in a row; the one nearest the loss is marked', () => {
    const values = [{}, ...repeat(DEAD_STEPS, { norms: dead([2, 3, 4]) })];
    expect(found(values, 'dead-layers')).toMatchObject({
      firstStep: 2,
      holds: true,
      measured: 3,
      layer: { position: 4, name: LAYERS[4] },
      sentence:
        'The gradients of 3 of 11 layers are exactly 0 from step 2 on, for at least 20 steps: stage1.unit2.conv1 to stage1.unit3.conv1',
    });
    expect(found(values.slice(0, -1), 'dead-layers')).toBeUndefined();
    expect(found([...values, {}], 'dead-layers')).toMatchObject({ holds: false, lastStep: 21 });
  });

  it('have no gradient in any of their tensors', () => {
    const about = subject({ layers: [...LAYERS, 'head.dense.bias'] });
    const values = (bias: number) => repeat(30, { norms: [...dead([10]), bias] });
    expect(found(values(0.1), 'dead-layers', about)).toBeUndefined();
    expect(found(values(0), 'dead-layers', about)).toMatchObject({ measured: 1 });
  });

  it('are not those of a network that makes no error at all', () => {
    expect(found(repeat(30, { loss: 0, norms: LAYERS.map(() => 0) }), 'dead-layers')).toBeUndefined();
  });

  it('need more steps where branches are dropped at random', () => {
    expect(deadStepsOf(subject())).toBe(DEAD_STEPS);
    const halved = subject({ recipe: { stochasticDepth: 0.5 } });
    expect(deadStepsOf(halved)).toBe(40);
    expect(found(repeat(39, { norms: dead([2]) }), 'dead-layers', halved)).toBeUndefined();
    expect(found(repeat(40, { norms: dead([2]) }), 'dead-layers', halved)).toBeDefined();
  });
});

describe('dead channels', () => {
  const about = {
    ...subject(),
    relus: ['stage1.unit1.relu1', 'stage1.unit2.relu1'],
    layers: [...LAYERS, 'stage1.unit2.bn1.gamma'],
  };
  const judgeShares = (rows: readonly (readonly [number, number])[]) => {
    const judge = createHealthJudge(about);
    const norms = [...LAYERS.map(() => 0.1), 0.1];
    const observed = rows.map((shares, index) => ({ step: 1 + 20 * index, deadShares: Float32Array.from(shares) }));
    judge.take({ ...steps(repeat(20 * rows.length, { norms })), observed });
    return judge.judge(runRow());
  };

  it('are more than half of those of a ReLU, at enough observed steps in a row', () => {
    const finding = judgeShares([
      [0, 0.4],
      [0, 0.6],
      [0.5, 0.75],
      [0.5, 1],
    ]).findings[0];
    expect(finding).toMatchObject({
      rule: 'dead-channels',
      fault: 'dead',
      firstStep: 21,
      holds: true,
      measured: 1,
      layer: { name: 'stage1.unit2.bn1.gamma' },
    });
    expect(finding?.sentence).toContain('after 1 of 2 ReLUs, from step 21 on, at up to 100 %: stage1.unit2.relu1');
    expect(
      judgeShares([
        [0, 0.9],
        [0, 0.9],
        [0, 0.5],
        [0, 0.9],
      ]).findings,
    ).toEqual([]);
    expect(
      judgeShares([
        [0, 0.9],
        [0, 0.9],
        [0, 0.9],
        [0, 0.1],
      ]).findings[0],
    ).toMatchObject({ holds: false, lastStep: 41 });
  });

  it('are not judged where the branch was dropped', () => {
    expect(
      judgeShares([
        [0, 0.9],
        [0, NaN],
        [0, 0.9],
        [0, 0.9],
      ]).findings,
    ).toHaveLength(1);
    expect(
      judgeShares([
        [0, NaN],
        [0, NaN],
        [0, NaN],
        [0, NaN],
      ]).findings,
    ).toEqual([]);
  });
});

describe('stalled', () => {
  const guess = Math.log(10);

  it('is a loss no better than a guess at the accuracy of chance, over a whole window', () => {
    const guessing = { loss: guess, accuracy: 0.1 };
    expect(found(repeat(STALLED_STEPS, guessing), 'stalled')).toMatchObject({ firstStep: 1, holds: true, layer: null });
    expect(found(repeat(STALLED_STEPS - 1, guessing), 'stalled')).toBeUndefined();
  });

  it.each([
    ['has converged', { loss: 1e-6, accuracy: 1 }],
    ['answers well with a large loss', { loss: 9, accuracy: 0.3 }],
    ['has begun to learn', { loss: guess * (STALLED_LOSS_SHARE - 0.01), accuracy: 0.15 }],
  ])('is not a run that %s', (_, values) => {
    expect(found(repeat(1000, values), 'stalled')).toBeUndefined();
  });

  it('counts from the end of the warm-up on, and ends when learning begins', () => {
    const guessing = { loss: guess, accuracy: 0.1 };
    const about = subject({ recipe: { warmupSteps: 50 } });
    expect(found(repeat(149, guessing), 'stalled', about)).toBeUndefined();
    const late = [...repeat(150, guessing), ...repeat(60, { loss: 1, accuracy: 0.6 })];
    expect(found(late, 'stalled', about)).toMatchObject({ firstStep: 51, holds: false });
    expect(judgeAll(late, about)).toMatchObject({ verdict: 'recovered' });
  });

  it('takes as chance what He et al. 2015 do of ten classes, and never half of the way to certainty', () => {
    expect(chanceAccuracy(10)).toBeCloseTo(0.2);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1000 }), (classes) => {
        expect(chanceAccuracy(classes)).toBeGreaterThan(1 / classes);
        expect(chanceAccuracy(classes)).toBeLessThanOrEqual(Math.min(2 / classes, 0.56));
      }),
    );
  });
});

describe('not finite', () => {
  const diverged = runRow({
    state: 'diverged',
    reason:
      'Diverged in step 3: the loss is NaN, in forward order, stage1.unit2.conv1 is the first layer with an activation or batch statistic that is not finite',
  });

  it('is one step with a number that is not finite; the layer is the one that the trainer names', () => {
    const broken = { loss: NaN, gradientNorm: NaN, norms: LAYERS.map(() => NaN) };
    const values = [{ gradientNorm: 2 }, { gradientNorm: 8e6 }, broken];
    const { verdict, findings } = judgeAll(values, subject(), diverged);
    expect(verdict).toBe('diverged');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'not-finite',
      firstStep: 3,
      holds: true,
      layer: { position: 2, name: 'stage1.unit2.conv1.weight' },
    });
    expect(findings[0]!.sentence).toContain(
      'Not finite in step 3: the loss (NaN), the gradients of 11 of 11 parameter tensors. The global gradient norm was 2.0 in step 1 and 8e6 in step 2',
    );
  });

  it('names the tensor nearest the loss where some are finite', () => {
    const norms = LAYERS.map((_, layer) => (layer < 5 ? Infinity : 1));
    expect(found([{}, { gradientNorm: Infinity, norms }, {}], 'not-finite')).toMatchObject({
      firstStep: 2,
      lastStep: 2,
      holds: false,
      layer: { position: 4 },
    });
  });

  it('believes the trainer where the series show nothing', () => {
    expect(judgeAll([{}, {}, {}], subject(), diverged)).toMatchObject({
      verdict: 'diverged',
      findings: [{ firstStep: 3, holds: true, layer: { position: 2 } }],
    });
  });
});

describe('clipped', () => {
  it('is a note, and changes no verdict', () => {
    const about = subject({ recipe: { clipNorm: 0.5 } });
    const { verdict, findings } = judgeAll(repeat(100, {}), about);
    expect(verdict).toBe('healthy');
    expect(findings).toMatchObject([{ rule: 'clipped', fault: null, firstStep: 1, holds: true, measured: 2 }]);
    expect(found([...repeat(99, {}), { gradientNorm: 0.4 }], 'clipped', about)).toBeUndefined();
  });
});
