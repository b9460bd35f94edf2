import { describe, expect, it } from 'vitest';
import { differentiate } from './gradient.ts';
import { createGraph } from './ir/graph.ts';
import { inOrder } from './ir/walk.ts';
import { add } from './ops/add.ts';
import { conv2d } from './ops/conv2d.ts';
import { mean } from './ops/mean.ts';
import { placeholder } from './ops/placeholder.ts';
import { relu } from './ops/relu.ts';
import { square } from './ops/square.ts';

describe('differentiate', () => {
  it('computes nothing for what is not asked: no gradient of the images', () => {
    const graph = createGraph();
    const images = placeholder(graph, 'images', 'float32', [2, 4, 4, 1]);
    const filter = placeholder(graph, 'filter', 'float32', [3, 3, 1, 2]);
    const loss = mean(graph, conv2d(graph, images, filter, { stride: 1, padding: 1 }), [0, 1, 2, 3]);
    const [gradient] = differentiate(graph, loss, [filter]);
    expect(gradient!.shape).toEqual(filter.shape);
    expect(inOrder([gradient!.node]).map(({ kind }) => kind)).not.toContain('conv2dInputGradient');
  });

  it('adds up the gradients of all uses, three and more in one node', () => {
    const graph = createGraph();
    const x = placeholder(graph, 'x', 'float32', [4]);
    const sum = add(graph, add(graph, x, relu(graph, x)), relu(graph, x));
    const [gradient] = differentiate(graph, mean(graph, sum, [0]), [x]);
    const kinds = inOrder([gradient!.node]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'addMany')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'reluGradient')).toHaveLength(2);
  });

  it('names a gradient after the layer it belongs to', () => {
    const graph = createGraph();
    const x = placeholder(graph, 'x', 'float32', [4]);
    const y = graph.within('stage1.unit1.relu1', () => relu(graph, x));
    const [gradient] = differentiate(graph, mean(graph, y, [0]), [x]);
    expect(gradient!.node.name).toBe('gradient/stage1.unit1.relu1/reluGradient');
  });

  it('refuses where no gradient passes or none arrives', () => {
    const graph = createGraph();
    const x = placeholder(graph, 'x', 'float32', [4]);
    const other = placeholder(graph, 'other', 'float32', [4]);
    expect(() => differentiate(graph, mean(graph, square(graph, x), [0]), [x])).toThrow(
      'No gradient passes through square',
    );
    expect(() => differentiate(graph, mean(graph, x, [0]), [x, other])).toThrow(/does not depend on other/);
  });
});
