import { describe, expect, it } from 'vitest';
import { differentiate } from './gradient.ts';
import { createGraph } from './ir/graph.ts';
import type { Node } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import { conv2d } from './ops/conv2d.ts';
import { mean } from './ops/mean.ts';
import { placeholder } from './ops/placeholder.ts';
import { relu } from './ops/relu.ts';

/** Two layers, of which the first is computed again. */
function build() {
  const graph = createGraph();
  const images = placeholder(graph, 'images', 'float32', [2, 4, 4, 1]);
  const filter = placeholder(graph, 'filter', 'float32', [3, 3, 1, 1]);
  const layer = (name: string, x: typeof images) =>
    graph.within(name, () => relu(graph, conv2d(graph, x, filter, { stride: 1, padding: 1 })));
  const loss = mean(graph, layer('second', layer('first', images)), [0, 1, 2, 3]);
  const segmentOf = ({ name }: Node) => (name.startsWith('first/') ? 0 : undefined);
  const [gradient] = differentiate(graph, loss, [filter], segmentOf);
  return inOrder([gradient!.node]);
}

describe('recomputation', () => {
  it('reads copies, which wait for the gradient, and never the originals', () => {
    const nodes = build();
    const copy = nodes.find(({ name }) => name === 'repeated/first/conv2d')!;
    expect(copy.after.map(({ name }) => name)).toEqual([
      'gradient/second/conv2dInputGradient',
      'gradient/second/conv2dFilterGradient',
    ]);
    const original = nodes.find(({ name }) => name === 'first/relu')!;
    const readers = nodes.filter(({ inputs }) => inputs.some(({ node }) => node === original));
    // Its output is what is kept of the first layer: it goes to the next.
    expect(readers.map(({ name }) => name)).toEqual(['second/conv2d', 'gradient/second/conv2dFilterGradient']);
    const masked = nodes.find(({ name }) => name === 'gradient/first/reluGradient')!;
    expect(masked.inputs[1]!.node.name).toBe('repeated/first/relu');
  });

  it('repeats nothing that is fed', () => {
    expect(
      build()
        .filter(({ name }) => name.startsWith('repeated/'))
        .map(({ kind }) => kind),
    ).toEqual(['conv2d', 'relu']);
  });
});
