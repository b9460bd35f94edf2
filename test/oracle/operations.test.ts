import { expect, test } from 'vitest';
import { createGraph, type Graph } from '../../src/engine/ir/graph.ts';
import { BATCH, type Node, type Value } from '../../src/engine/ir/node.ts';
import { inOrder } from '../../src/engine/ir/walk.ts';
import { add } from '../../src/engine/ops/add.ts';
import { batchNorm } from '../../src/engine/ops/batchNorm.ts';
import { biasAdd } from '../../src/engine/ops/biasAdd.ts';
import { conv2d } from '../../src/engine/ops/conv2d.ts';
import { crossEntropy } from '../../src/engine/ops/crossEntropy.ts';
import { identity } from '../../src/engine/ops/identity.ts';
import { rules, ruleOf } from '../../src/engine/ops/index.ts';
import { matMul } from '../../src/engine/ops/matMul.ts';
import { maxPool } from '../../src/engine/ops/maxPool.ts';
import { mean } from '../../src/engine/ops/mean.ts';
import { multiply } from '../../src/engine/ops/multiply.ts';
import { padChannels } from '../../src/engine/ops/padChannels.ts';
import { oneHot } from '../../src/engine/ops/oneHot.ts';
import { placeholder } from '../../src/engine/ops/placeholder.ts';
import { relu } from '../../src/engine/ops/relu.ts';
import { reshape } from '../../src/engine/ops/reshape.ts';
import { sigmoid } from '../../src/engine/ops/sigmoid.ts';
import { softmaxCrossEntropy } from '../../src/engine/ops/softmaxCrossEntropy.ts';
import { subtract } from '../../src/engine/ops/subtract.ts';
import { writeSavedModel } from '../../src/engine/savedModel.ts';
import { openGraph, type Feed } from '../../src/trainer/session.ts';
import { hashed } from './numbers.ts';

interface Case {
  readonly title: string;
  /** Shapes of the inputs; the first size of a BATCH input is `batch`. */
  readonly shapes: readonly (readonly number[])[];
  readonly build: (graph: Graph, inputs: readonly Value[]) => Value;
  /** Labels, for operations that take some; not differentiated. */
  readonly labels?: readonly number[];
}

const batch = 3;
/** Large enough that float32 rounding does not matter, small enough for the curvature. */
const STEP = 2 ** -6;
/** Of the largest element of a gradient. */
const TOLERANCE = 2e-3;

const convolution = (title: string, size: number[], filter: number[], stride: number): Case => ({
  title,
  shapes: [[BATCH, ...size], filter],
  build: (graph, [x, w]) => conv2d(graph, x!, w!, { stride, padding: (filter[0]! - 1) / 2 }),
});

const pooling = (title: string, size: number[], window: number, stride: number): Case => ({
  title,
  shapes: [[BATCH, ...size]],
  build: (graph, [x]) => maxPool(graph, x!, { window, stride, padding: (window - 1) / 2 }),
});

const cases: Readonly<Record<string, readonly Case[]>> = {
  add: [
    {
      title: 'same shapes',
      shapes: [
        [BATCH, 4],
        [BATCH, 4],
      ],
      build: (graph, [a, b]) => add(graph, a!, b!),
    },
  ],
  batchNorm: [
    {
      title: 'per channel',
      shapes: [[BATCH, 3, 2, 2], [2], [2]],
      build: (graph, [x, scale, shift]) => batchNorm(graph, x!, scale!, shift!, 1e-5).y,
    },
  ],
  biasAdd: [{ title: 'a row', shapes: [[BATCH, 4], [4]], build: (graph, [x, bias]) => biasAdd(graph, x!, bias!) }],
  conv2d: [
    convolution('3x3', [4, 5, 2], [3, 3, 2, 3], 1),
    convolution('3x3, stride 2, even', [4, 6, 2], [3, 3, 2, 3], 2),
    convolution('3x3, stride 2, odd', [5, 3, 2], [3, 3, 2, 3], 2),
    convolution('1x1', [3, 3, 2], [1, 1, 2, 4], 1),
    convolution('1x1, stride 2, even and odd', [4, 5, 3], [1, 1, 3, 2], 2),
  ],
  crossEntropy: [
    {
      title: 'against smoothed targets',
      shapes: [[BATCH, 4]],
      labels: [2, 0, 3],
      build: (graph, [logits, labels]) =>
        crossEntropy(graph, logits!, oneHot(graph, labels!, 4, { on: 0.7, off: 0.1 })),
    },
  ],
  identity: [{ title: 'a vector', shapes: [[4]], build: (graph, [x]) => identity(graph, 'same', x!) }],
  matMul: [
    {
      title: 'two matrices',
      shapes: [
        [BATCH, 4],
        [4, 2],
      ],
      build: (graph, [a, b]) => matMul(graph, a!, b!),
    },
  ],
  maxPool: [
    pooling('3x3, stride 2, even and odd', [4, 5, 2], 3, 2),
    pooling('3x3, stride 1', [3, 3, 1], 3, 1),
    pooling('every second pixel', [5, 4, 3], 1, 2),
  ],
  mean: [
    { title: 'over positions', shapes: [[BATCH, 3, 2, 4]], build: (graph, [x]) => mean(graph, x!, [1, 2]) },
    { title: 'over the batch', shapes: [[BATCH]], build: (graph, [x]) => mean(graph, x!, [0]) },
  ],
  multiply: [
    {
      title: 'same shapes',
      shapes: [
        [BATCH, 3, 2],
        [BATCH, 3, 2],
      ],
      build: (graph, [a, b]) => multiply(graph, a!, b!),
    },
    {
      title: 'one factor a channel',
      shapes: [
        [BATCH, 3, 2, 4],
        [BATCH, 1, 1, 4],
      ],
      build: (graph, [x, factors]) => multiply(graph, x!, factors!),
    },
  ],
  padChannels: [{ title: 'two more', shapes: [[BATCH, 2, 3, 2]], build: (graph, [x]) => padChannels(graph, x!, 4) }],
  relu: [{ title: 'both signs', shapes: [[BATCH, 8]], build: (graph, [x]) => relu(graph, x!) }],
  reshape: [
    { title: 'with a batch', shapes: [[BATCH, 4]], build: (graph, [x]) => reshape(graph, x!, [BATCH, 1, 2, 2]) },
  ],
  sigmoid: [{ title: 'both signs', shapes: [[BATCH, 8]], build: (graph, [x]) => sigmoid(graph, x!) }],
  softmaxCrossEntropy: [
    {
      title: 'one label an image',
      shapes: [[BATCH, 4]],
      labels: [2, 0, 3],
      build: (graph, [logits, labels]) => softmaxCrossEntropy(graph, logits!, labels!),
    },
  ],
  subtract: [
    {
      title: 'same shapes',
      shapes: [
        [BATCH, 4],
        [BATCH, 4],
      ],
      build: (graph, [a, b]) => subtract(graph, a!, b!),
    },
  ],
};

/** Elements between -2 and 2, none so near 0 that a ReLU's kink lies within a step. */
function values(seed: number, shape: readonly number[]): Feed & { values: Float32Array } {
  const whole = shape.map((size) => (size === BATCH ? batch : size));
  const count = whole.reduce((product, size) => product * size, 1);
  const numbers = Float32Array.from(hashed(seed, count), (value) => (value < 0.5 ? 4 * value - 2.1 : 4 * value - 1.9));
  return { shape: whole, values: numbers };
}

function gradientsOf(graph: Graph, node: Node, upstream: Value, wanted: readonly boolean[]) {
  const rule = ruleOf(node.kind).gradient;
  return rule?.(graph, node, [upstream], wanted) ?? [];
}

/** The rule's gradients of sum(output * upstream), and those by central differences, summed in float64. */
function compare({ shapes, build, labels }: Case) {
  const graph = createGraph();
  const inputs = shapes.map((shape, index) => placeholder(graph, `x${index}`, 'float32', shape));
  const labelInput = labels === undefined ? [] : [placeholder(graph, 'labels', 'int32', [BATCH])];
  const output = build(graph, [...inputs, ...labelInput]);
  const upstream = placeholder(graph, 'upstream', 'float32', output.shape);
  const gradients = gradientsOf(graph, output.node, upstream, [
    ...shapes.map(() => true),
    ...labelInput.map(() => false),
  ]);
  const y = identity(graph, 'y', output);
  const results = shapes.map((_, index) => identity(graph, `gradient${index}`, gradients[index]!));
  const session = openGraph(
    writeSavedModel(inOrder([y, ...results].map(({ node }) => node)), { all: [y, ...results] }),
  );

  const at = Object.fromEntries(shapes.map((shape, index) => [`x${index}`, values(10 + index, shape)]));
  const fixed: Record<string, Feed> =
    labels === undefined ? {} : { labels: { shape: [batch], values: Int32Array.from(labels) } };
  const direction = values(1, output.shape);
  const projected = () => {
    const [outputs] = session.run({ ...at, ...fixed }, ['y']);
    return direction.values.reduce((sum, value, index) => sum + value * outputs![index]!, 0);
  };
  const feeds = { ...at, ...fixed, upstream: direction };
  const compared = shapes.map((_, input) => {
    const [byRule] = session.run(feeds, [`gradient${input}`]);
    const point = at[`x${input}`]!.values;
    const byDifference = point.map((value, element) => {
      point[element] = value + STEP;
      const above = projected();
      point[element] = value - STEP;
      const below = projected();
      point[element] = value;
      return (above - below) / (2 * STEP);
    });
    return { byRule: byRule!, byDifference };
  });
  session.close();
  return compared;
}

const all = Object.entries(cases).flatMap(([kind, list]) => list.map((one) => [`${kind}, ${one.title}`, one] as const));

test.each(all)('the rule of %s agrees with central differences', (_title, one) => {
  for (const { byRule, byDifference } of compare(one)) {
    const scale = Math.max(...byDifference.map(Math.abs), 1e-2);
    expect(byRule).toHaveLength(byDifference.length);
    byDifference.forEach((expected, index) => {
      expect(Math.abs(byRule[index]! - expected) / scale).toBeLessThan(TOLERANCE);
    });
  }
});

test('every operation with a gradient rule is among them', () => {
  const differentiable = Object.entries(rules).filter(([, { gradient }]) => gradient !== null);
  expect(Object.keys(cases).toSorted()).toEqual(differentiable.map(([kind]) => kind).toSorted());
});
