import { describe, expect, it } from 'vitest';
import { createGraph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import { createLayerBuilder } from './layers/builder.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { constant } from './ops/constant.ts';
import { readVariable } from './ops/readVariable.ts';
import { variable } from './ops/variable.ts';
import { startPlan } from './plan.ts';
import { FETCHES, type OptimiserOptions, type ProgramOptions } from './program.ts';
import { addAssign } from './stateAccess.ts';
import { addTrainingStep } from './step.ts';

/**
 * Pairs of nodes of which one writes a variable that the other reads or writes, though neither waits for the other: which comes
 * first is TensorFlow's choice, and not always the same.
 */
function races(fetches: readonly Value[]): string[] {
  const nodes = inOrder(fetches.map(({ node }) => node));
  const variables = nodes.filter(({ kind }) => kind === 'variable');
  return variables.flatMap(({ name, outputs: [handle] }) => {
    const users = nodes.filter(({ inputs }) => inputs.includes(handle!));
    return pairsOf(users)
      .filter((pair) => pair.some(({ kind }) => kind !== 'readVariable'))
      .filter(([one, other]) => !waitsFor(one, other) && !waitsFor(other, one))
      .map(([one, other]) => `${name}: ${one.name}, ${other.name}`);
  });
}

const pairsOf = (nodes: readonly Node[]) =>
  nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));

const waitsFor = (node: Node, other: Node) => inOrder([node]).includes(other);

/** What a session fetches at once, for each of its calls that change the state. */
function callsOf(options: ProgramOptions): Value[][] {
  const net = createLayerBuilder({ height: 8, width: 8, channels: 1, classes: 3 });
  const x = net.relu('relu', net.batchNorm('bn', net.convolution('conv', net.images, { window: 3, channels: 4 })));
  const plan = startPlan(net.finish(net.dense('dense', net.globalPool('pool', x), 3)), options);
  const { train = [], accumulate, discard = [], observe = [] } = addTrainingStep(plan);
  const assign = [addAssign(plan)];
  if (accumulate === undefined) return [[...train, ...observe], assign];
  const ofPass = observe.filter(({ node }) => node.name === FETCHES.activations);
  const ofUpdate = observe.filter((value) => !ofPass.includes(value));
  return [[...accumulate, ...ofPass], [...train, ...ofUpdate], discard, assign];
}

const OPTIMISERS: readonly OptimiserOptions[] = [
  { kind: 'sgd', momentum: 0.9, nesterov: false },
  { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
];

const CASES = OPTIMISERS.flatMap((optimiser) =>
  [1, 2].flatMap((microBatches) =>
    [0, 1e-4].flatMap((weightDecay) =>
      [null, 0.9].flatMap((weightAverage) =>
        [false, true].map((observe) => ({ optimiser, microBatches, weightDecay, weightAverage, observe })),
      ),
    ),
  ),
);

describe('reads and writes of a variable have an order', () => {
  it.each(CASES)(
    '$optimiser.kind, parts $microBatches, decay $weightDecay, average $weightAverage, observed $observe',
    (options) => {
      const usual = { decayAll: true, clipNorm: 1, imageMean: [0], imageStd: [1] };
      expect(callsOf({ ...usual, ...options }).flatMap(races)).toEqual([]);
    },
  );

  it('is found missing where a read waits for no write (negative control)', () => {
    const graph = createGraph();
    const one = variable(graph, 'one', 1);
    const written = assignVariable(graph, one, constant(graph, [1]));
    const ordered = readVariable(graph, one, 1, [written]);
    const free = readVariable(graph, one, 1);
    expect(races([ordered, free])).toEqual(['one: assignVariable, readVariable_1']);
  });
});
