import { describe, expect, it } from 'vitest';
import { add } from '../ops/add.ts';
import { constant, integers } from '../ops/constant.ts';
import { placeholder } from '../ops/placeholder.ts';
import { relu } from '../ops/relu.ts';
import { createGraph } from './graph.ts';
import { inOrder } from './walk.ts';

describe('a graph', () => {
  it('names nodes by scope and kind, each its own', () => {
    const graph = createGraph();
    const x = placeholder(graph, 'x', 'float32', [2]);
    graph.within('stem', () => relu(graph, relu(graph, x)));
    graph.within('stem', () => graph.within('head', () => relu(graph, x)));
    expect(graph.nodes.map(({ name }) => name)).toEqual(['x', 'stem/relu', 'stem/relu_1', 'head/relu']);
    expect(() => placeholder(graph, 'x', 'float32', [2])).toThrow('Two nodes would be called x');
  });

  it('freezes what it has built', () => {
    const { node } = placeholder(createGraph(), 'x', 'float32', [2]);
    expect(() => Object.assign(node, { name: 'y' })).toThrow();
    expect(() => Object.assign(node.outputs, { 0: null })).toThrow();
  });

  it('has one node for equal constants of one type', () => {
    const graph = createGraph();
    expect(constant(graph, [1, 2])).toBe(constant(graph, [1, 2]));
    expect(constant(graph, 1)).not.toBe(constant(graph, [1]));
    expect(constant(graph, 1)).not.toBe(integers(graph, 1));
  });

  it('refuses inputs that do not fit', () => {
    const graph = createGraph();
    const [x, y] = [placeholder(graph, 'x', 'float32', [2]), placeholder(graph, 'y', 'float32', [3])];
    expect(() => add(graph, x, y)).toThrow('[2] and [3] do not fit');
  });
});

describe('inOrder', () => {
  it('gives each node once, after its inputs, and only what is needed', () => {
    const graph = createGraph();
    const x = placeholder(graph, 'x', 'float32', [2]);
    const y = relu(graph, x);
    const unused = relu(graph, y);
    const sum = add(graph, add(graph, x, y), y);
    const order = inOrder([sum.node, y.node]);
    expect(order).not.toContain(unused.node);
    expect(new Set(order).size).toBe(order.length);
    for (const node of order) {
      for (const { node: needed } of node.inputs) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(node));
    }
  });

  it('walks a chain far deeper than the stack', () => {
    const graph = createGraph();
    let x = placeholder(graph, 'x', 'float32', [2]);
    for (let depth = 0; depth < 100_000; depth += 1) x = relu(graph, x);
    expect(inOrder([x.node])).toHaveLength(100_001);
  });
});
