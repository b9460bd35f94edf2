import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Architecture } from '../../src/contract/architecture.ts';
import { architectureProgram } from './programs.ts';
import { openSession } from '../../src/trainer/session.ts';
import fixtures from './fixtures/networks.json' with { type: 'json' };
import { digest, hashedBatch, hashedState } from './numbers.ts';

type Case = (typeof fixtures.cases)[number];

/** Of a tensor's norm: float32 against PyTorch's float64. */
const TOLERANCE = 2e-5;

/** A gradient that is zero in exact numbers, of a shift that a batch norm takes out again, is float32's noise. */
const SMALLEST_NORM = 1e-2;

const programOf = ({ architecture, size }: Case) => {
  const [height = 0, width = 0, channels = 0] = size;
  const input = { height, width, channels, classes: fixtures.classes };
  return architectureProgram(v.parse(Architecture, architecture), input);
};

test.each(fixtures.cases.map((one) => [one.title, one] as const))('as PyTorch: %s', async (_title, one) => {
  const program = programOf(one);
  const session = await openSession(program);
  session.assign(hashedState(program));
  const batch = hashedBatch(program, 0, fixtures.batch);
  const [loss] = session.step(batch, 0);
  // With no decay and no momentum so far, the momentum after the step is the gradient.
  const momentum = session.read().momentum!;
  const { lossSum } = session.evaluate(batch);
  session.close();
  const expected: Readonly<Record<string, readonly number[]>> = one.gradients;
  expect(program.parameters.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  const wrong = program.parameters.flatMap(({ name, offset, size }) => {
    const wanted = expected[name]!;
    const scale = Math.max(wanted[0]!, SMALLEST_NORM);
    const actual = digest(momentum.subarray(offset, offset + size));
    const error = Math.max(...actual.map((value, index) => Math.abs(value - wanted[index]!) / scale));
    return error <= TOLERANCE ? [] : [`${name}: ${error.toExponential(1)}`];
  });
  expect(wrong).toEqual([]);
  expect(Math.abs(loss! / one.loss - 1)).toBeLessThan(TOLERANCE);
  expect(Math.abs(lossSum / one.evaluatedLoss - 1)).toBeLessThan(TOLERANCE);
});
