import { expect, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import type { Recompute } from '../../src/contract/recipe.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

const input = { height: 16, width: 12, channels: 2, classes: 5 };

async function train(network: NetworkSpec, recompute: Recompute) {
  const program = compileTrainingProgram(network, input, {
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
    weightDecay: 1e-4,
    decayAll: true,
    clipNorm: 5,
    imageMean: [PIXEL_MEAN, PIXEL_MEAN],
    imageStd: [PIXEL_STD, PIXEL_STD],
    recompute,
  });
  const session = await openSession(program);
  session.assign(hashedState(program));
  const steps = [13, 13, 7].map((count, index) => session.step(hashedBatch(program, index, count), 0.05));
  const state = session.read();
  session.close();
  return { nodes: program.graphNodes, steps, state };
}

const networks: NetworkSpec[] = [
  { version: 'v1', block: 'basic', depth: 20 },
  { version: 'v2', block: 'basic', depth: 20 },
  { version: 'v1', block: 'bottleneck', depth: 29 },
  { version: 'v2', block: 'bottleneck', depth: 29 },
];

test.each(networks)('recomputation changes no bit of $version $block', async (network) => {
  const kept = await train(network, 'off');
  for (const recompute of ['half', 'quarter'] as const) {
    const { nodes, steps, state } = await train(network, recompute);
    expect(nodes).toBeGreaterThan(kept.nodes);
    expect(steps).toEqual(kept.steps);
    // The running averages too: a batch counts once, though it is normalised twice.
    expect(state).toEqual(kept.state);
  }
});
