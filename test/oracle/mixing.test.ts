import { expect, onTestFinished, test } from 'vitest';
import { vectorOf, type ProgramOptions } from '../../src/engine/program.ts';
import { openSession, type Batch } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { smallProgram } from './programs.ts';

const COUNT = 12;

/** Loss, right answers and gradient of one step without a rate, decay and momentum. */
async function stepOf(options: Partial<ProgramOptions>, batchOf: (own: Batch) => Batch) {
  const program = smallProgram(
    { depth: 14 },
    { weightDecay: 0, clipNorm: null, optimiser: { kind: 'sgd', momentum: 0, nesterov: false }, ...options },
  );
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  const [loss, correct] = session.step(batchOf(hashedBatch(program, 0, COUNT)), 0);
  return { loss: loss!, correct: correct!, gradient: vectorOf(session.read(), 'momentum').slice() };
}

const secondLabels = Int32Array.from({ length: COUNT }, (_, image) => (3 * image + 1) % 10);
const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test.each([
  ['plain', {}],
  ['smoothed', { labelSmoothing: 0.1 }],
  ['in parts', { microBatches: 3 }],
])(
  'the loss of mixed labels, and its gradient, are those of both labels in their shares: %s',
  async (_what, options) => {
    const first = await stepOf(options, (own) => own);
    const second = await stepOf(options, (own) => ({ ...own, labels: secondLabels }));
    const share = 0.3;
    const mixed = await stepOf({ ...options, mixedLabels: true }, (own) => ({
      ...own,
      second: { labels: secondLabels, shares: new Float32Array(COUNT).fill(share) },
    }));
    expect(mixed.loss).toBeCloseTo((1 - share) * first.loss + share * second.loss, 5);
    // Right is the label that counts more.
    expect(mixed.correct).toBe(first.correct);
    const expected = first.gradient.map((value, index) => (1 - share) * value + share * second.gradient[index]!);
    const difference = mixed.gradient.map((value, index) => value - expected[index]!);
    expect(norm(difference) / norm(expected)).toBeLessThan(1e-5);
  },
);

test('each image has its own share', async () => {
  const first = await stepOf({}, (own) => own);
  const shares = Float32Array.from({ length: COUNT }, (_, image) => (image % 2) / 2);
  const half = Int32Array.from({ length: COUNT }, (_, image) => secondLabels[image]!);
  const mixed = await stepOf({ mixedLabels: true }, (own) => ({ ...own, second: { labels: half, shares } }));
  const replaced = await stepOf({}, (own) => ({
    ...own,
    labels: own.labels.map((label, image) => (image % 2 === 0 ? label : half[image]!)),
  }));
  expect(mixed.loss).toBeCloseTo((first.loss + replaced.loss) / 2, 5);
});

test('nothing changes where no labels are mixed: the graph is the same to the byte', () => {
  expect(Buffer.compare(smallProgram({}, { mixedLabels: false }).savedModel, smallProgram().savedModel)).toBe(0);
});
