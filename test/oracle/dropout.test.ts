import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Architecture } from '../../src/contract/architecture.ts';
import type { ShortcutKind } from '../../src/contract/block.ts';
import { dropElements } from '../../src/engine/dropout.ts';
import { createGraph } from '../../src/engine/ir/graph.ts';
import { BATCH } from '../../src/engine/ir/node.ts';
import { inOrder } from '../../src/engine/ir/walk.ts';
import { identity } from '../../src/engine/ops/identity.ts';
import { placeholder } from '../../src/engine/ops/placeholder.ts';
import type { TrainingProgram } from '../../src/engine/program.ts';
import { writeSavedModel } from '../../src/engine/savedModel.ts';
import { drawDrops } from '../../src/nets/drop.ts';
import { openGraph, openSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { architectureProgram } from './programs.ts';

const KEEP = 0.75;

/** Two masks of one step, over ones. */
function masks(seed: number): Float32Array[] {
  const graph = createGraph();
  const ones = placeholder(graph, 'ones', 'float32', [BATCH, 20, 20, 5]);
  const fed = placeholder(graph, 'seed', 'int32', []);
  const outputs = [0, 1].map((mask) => identity(graph, `mask${mask}`, dropElements(graph, ones, KEEP, fed, mask)));
  const session = openGraph(writeSavedModel(inOrder(outputs.map(({ node }) => node)), { all: outputs }));
  const count = 2 * 20 * 20 * 5;
  const feeds = {
    ones: { shape: [2, 20, 20, 5], values: new Float32Array(count).fill(1) },
    seed: { shape: [], values: Int32Array.of(seed) },
  };
  const results = session.run(feeds, ['mask0', 'mask1']) as Float32Array[];
  session.close();
  return results;
}

test('a mask keeps each element with its probability, and follows from seed and place alone', () => {
  const [first, second] = masks(7);
  expect(new Set(first)).toEqual(new Set([0, 1]));
  const kept = first!.reduce((sum, value) => sum + value, 0) / first!.length;
  // Four standard errors.
  expect(Math.abs(kept - KEEP)).toBeLessThan(4 * Math.sqrt((KEEP * (1 - KEEP)) / first!.length));
  expect(masks(7)).toEqual([first, second]);
  expect(second).not.toEqual(first);
  expect(masks(8)[0]).not.toEqual(first);
});

const input = { height: 8, width: 8, channels: 1, classes: 4 };

function programOf(shortcut: ShortcutKind): TrainingProgram {
  const block = { kind: 'basic', activation: 'original', shortcut, width: 6, repeat: 2 };
  return architectureProgram(v.parse(Architecture, { stem: { width: 6 }, stages: [{ blocks: [block] }] }), input);
}

test('a step with a seed gives the same bits again, another seed another loss', async () => {
  const program = programOf('dropout');
  const session = await openSession(program);
  const batch = hashedBatch(program, 0, 6);
  const after = (step: number) => {
    session.assign(hashedState(program));
    const metrics = session.step(batch, 0.1, drawDrops(program, { seed: 3, step, images: 6 }));
    return [metrics, session.read().parameters] as const;
  };
  const first = after(1);
  expect(after(1)).toEqual(first);
  expect(after(2)[0][0]).not.toBe(first[0][0]);
  session.close();
});

test('evaluation halves the shortcut, as a gate does that stands half open', async () => {
  const dropped = programOf('dropout');
  const gated = programOf('shortcut-only-gating');
  const byName = new Map(dropped.parameters.map((tensor) => [tensor.name, tensor]));
  const own = hashedState(dropped);
  const state = hashedState(gated);
  for (const { name, offset, size } of gated.parameters) {
    const same = byName.get(name);
    // Without weights a gate is sigmoid(0).
    if (same === undefined) state.parameters.fill(0, offset, offset + size);
    else state.parameters.set(own.parameters.subarray(same.offset, same.offset + size), offset);
  }
  const losses = [];
  for (const [program, start] of [
    [dropped, own],
    [gated, state],
  ] as const) {
    const session = await openSession(program);
    session.assign(start);
    losses.push(session.evaluate(hashedBatch(program, 0, 6)).lossSum);
    session.close();
  }
  expect(losses[0]! / losses[1]!).toBeCloseTo(1, 6);
});
