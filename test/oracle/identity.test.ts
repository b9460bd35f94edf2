import { expect, test } from 'vitest';
import { judgeUnit } from '../../src/analysis/identityPath.ts';
import { ActivationOrder, isPreactivation, type ShortcutKind } from '../../src/contract/block.ts';
import type { IdentityBlock } from '../../src/contract/identity.ts';
import type { NetworkInput, NetworkRequest } from '../../src/contract/network.ts';
import { takeApart } from '../../src/engine/flat.ts';
import { forward } from '../../src/engine/forward.ts';
import { createGraph } from '../../src/engine/ir/graph.ts';
import { BATCH } from '../../src/engine/ir/node.ts';
import { inOrder } from '../../src/engine/ir/walk.ts';
import { createLayerBuilder, type LayerBuilder } from '../../src/engine/layers/builder.ts';
import type { Layer, LayerGraph } from '../../src/engine/layers/layer.ts';
import { planLayouts, tensorsOf } from '../../src/engine/networkTensors.ts';
import { identity } from '../../src/engine/ops/identity.ts';
import { placeholder } from '../../src/engine/ops/placeholder.ts';
import { writeSavedModel } from '../../src/engine/savedModel.ts';
import { RESIDUAL_UNITS } from '../../src/nets/blocks.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import { decideNetwork } from '../../src/nets/plans.ts';
import { buildNetwork } from '../../src/nets/resnet.ts';
import type { Unit } from '../../src/nets/units.ts';
import { openGraph } from '../../src/trainer/session.ts';
import { normalImages } from '../../src/trainer/task/imageBatch.ts';
import { measureUnits } from '../../src/trainer/task/measureUnits.ts';

const INPUT: NetworkInput = { height: 8, width: 8, channels: 1, classes: 10 };
const COUNT = 4;

async function verify(layers: LayerGraph, input: NetworkInput, probes = 2): Promise<IdentityBlock[]> {
  const weights = initialWeights(tensorsOf(planLayouts(layers)), 1);
  const images = normalImages(input, { count: COUNT, seed: 3 });
  const measuring = { images, count: COUNT, probes, seed: 5, tell: () => undefined };
  return (await measureUnits({ layers, input, weights }, measuring)).map(judgeUnit);
}

function verifyNamed(request: NetworkRequest): Promise<IdentityBlock[]> {
  return verify(buildNetwork(decideNetwork(request), INPUT), INPUT);
}

/** A network whose only unit takes the images themselves, so that x can be fed. */
function unitOnImages(input: NetworkInput, build: (net: LayerBuilder, x: Layer) => Layer): LayerGraph {
  const net = createLayerBuilder(input);
  const y = net.within('stage1.unit1', () => build(net, net.images));
  return net.finish(net.within('head', () => net.dense('dense', net.globalPool('pool', y), input.classes)));
}

const THREE: NetworkInput = { height: 3, width: 3, channels: 3, classes: 2 };
const PLAIN: Unit = {
  name: 'stage1.unit1',
  activation: 'full-preactivation',
  convolutions: [
    { window: 3, channels: 3, stride: 1 },
    { window: 3, channels: 3, stride: 1 },
  ],
  channels: 3,
  stride: 1,
  shortcut: 'identity',
  se: null,
  activationBeforeSplit: false,
  drop: { stochasticDepth: 0, dropPath: 0 },
};

test.each<NetworkRequest>([
  { version: 'v2', depth: 14 },
  { version: 'v2', depth: 20, block: 'bottleneck' },
  { version: 'v2', depth: 14, se: 4 },
])('every unit of $version $depth $block $se without a projection is clean', async (request) => {
  const blocks = await verifyNamed(request);
  const same = blocks.filter(({ verdict }) => verdict !== 'shape-change');
  expect(same.length).toBeGreaterThan(2);
  for (const block of same) {
    expect(block).toMatchObject({ verdict: 'pass', clean: true, causes: [], path: [] });
    expect(block.deviation!).toBeLessThanOrEqual(block.tolerance!);
    expect(block.skipJacobian!.estimate).toBe(0);
    expect(block.unitJacobian!.estimate).toBeGreaterThan(0);
    expect(block.negativeShare).toBeGreaterThan(0);
  }
  const changing = blocks.filter(({ verdict }) => verdict === 'shape-change');
  expect(changing.length).toBeGreaterThan(0);
  for (const { clean, causes, cosine, deviation } of changing) {
    expect({ clean, causes, cosine, deviation }).toEqual({
      clean: false,
      causes: ['projection'],
      cosine: null,
      deviation: null,
    });
  }
});

test.each<[string, NetworkRequest, object]>([
  ['V1', { version: 'v1', depth: 14 }, { clean: false, causes: ['relu-after-addition'] }],
  [
    'V1 bottleneck',
    { version: 'v1', depth: 20, block: 'bottleneck' },
    { clean: false, causes: ['relu-after-addition'] },
  ],
  [
    'BN after addition',
    { version: 'v1', depth: 14, activation: 'bn-after-addition' },
    { clean: false, causes: ['batch-norm-after-addition', 'relu-after-addition'] },
  ],
  [
    'ReLU before addition',
    { version: 'v1', depth: 14, activation: 'relu-before-addition' },
    { clean: true, causes: ['residual-never-negative'], negativeShare: 0 },
  ],
  [
    'ReLU-only pre-activation',
    { version: 'v2', depth: 14, activation: 'relu-only-preactivation' },
    { clean: true, causes: ['relu-without-batch-norm'] },
  ],
])('%s fails for its own reason', async (_, request, expected) => {
  const blocks = (await verifyNamed(request)).filter(({ verdict }) => verdict !== 'shape-change');
  expect(blocks.length).toBeGreaterThan(2);
  for (const block of blocks) expect(block).toMatchObject({ verdict: 'fail', ...expected });
});

test.each<[ShortcutKind, string, number]>([
  ['constant-scaling', 'constant-scaling', 0.5],
  ['exclusive-gating', 'gating', NaN],
  ['shortcut-only-gating', 'gating', NaN],
  ['dropout', 'dropout', Math.SQRT1_2],
  ['projection', 'convolution', NaN],
])('the shortcut %s fails by its own name, whatever the order of activation', async (shortcut, cause, change) => {
  for (const activation of ActivationOrder.options) {
    const blocks = await verifyNamed({
      version: isPreactivation(activation) ? 'v2' : 'v1',
      depth: 14,
      shortcut,
      activation,
    });
    const same = blocks.filter(({ verdict }) => verdict !== 'shape-change');
    expect(same.length).toBeGreaterThan(2);
    for (const block of same) {
      expect(block).toMatchObject({ verdict: 'fail', clean: false });
      expect(block.causes[0]).toBe(cause);
      expect(block.deviation!).toBeGreaterThan(1000 * block.tolerance!);
      expect(block.skipJacobian!.estimate).toBeGreaterThan(1e-3);
      const step = block.path.find(({ place }) => place === 'shortcut')!;
      if (!Number.isNaN(change)) expect(step.change! / change).toBeCloseTo(1, 0);
    }
  }
});

test('zero-padding is a change of shape of its own', async () => {
  const blocks = await verifyNamed({ version: 'v2', depth: 14, shortcut: 'zero-padding' });
  expect(blocks.filter(({ causes }) => causes[0] === 'zero-padding')).toHaveLength(2);
  expect(blocks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
});

test('the first activation before the split is found where it is', async () => {
  const [first, second] = await verifyNamed({ version: 'v2', depth: 14, activationBeforeSplit: true });
  expect(first).toMatchObject({ verdict: 'fail', clean: false, causes: ['activation-before-split'] });
  expect(second).toMatchObject({ verdict: 'pass', clean: true });
});

test('a shortcut that is off by a thousandth is seen', async () => {
  const doctored = unitOnImages(THREE, (net, x) => {
    const branch = net.convolution('conv1', x, { window: 3, channels: 3 });
    return net.addition('add', branch, net.scale('slightly', x, 1.001));
  });
  const [block] = await verify(doctored, THREE);
  expect(block).toMatchObject({ verdict: 'fail', causes: ['constant-scaling'] });
  expect(block!.deviation! / 0.001).toBeCloseTo(1, 3);
  expect(block!.skipJacobian!.estimate / 0.001).toBeCloseTo(1, 3);
});

test('magnitudes and cosine are those of the tensors', async () => {
  const layers = unitOnImages(THREE, (net, x) => net.addition('add', net.scale('branch', x, -0.25), x));
  const [block] = await verify(layers, THREE);
  const images = normalImages(THREE, { count: COUNT, seed: 3 });
  const magnitude = images.reduce((total, pixel) => total + Math.abs(pixel), 0) / images.length;
  const rms = Math.hypot(...images) / Math.sqrt(images.length);
  expect(block!.identityMagnitude / magnitude).toBeCloseTo(1, 5);
  expect(block!.identityRms / rms).toBeCloseTo(1, 5);
  expect(block!.residualMagnitude / magnitude).toBeCloseTo(0.25, 5);
  expect(block!.residualRms / rms).toBeCloseTo(0.25, 5);
  expect(block!.cosine).toBeCloseTo(-1, 5);
  expect(block!.negativeShare).toBeCloseTo(images.filter((pixel) => pixel > 0).length / images.length, 5);
  expect(block!.unitJacobian!.estimate).toBeCloseTo(0.25, 6);
});

test.each(ActivationOrder.options)('the Jacobians of %s are those of finite differences', async (activation) => {
  const layers = unitOnImages(THREE, (net, x) => RESIDUAL_UNITS[activation](net, x, { ...PLAIN, activation }));
  const [block] = await verify(layers, THREE, 400);
  const { estimate, standardError } = block!.unitJacobian!;
  const expected = jacobianByDifferences(layers);
  expect(standardError! / estimate).toBeLessThan(0.05);
  expect(Math.abs(estimate - expected)).toBeLessThan(4 * standardError! + 0.01 * expected);
});

/** ||J - I|| / ||I|| of the only unit, column by column from central differences of its output. */
function jacobianByDifferences(layers: LayerGraph): number {
  const graph = createGraph();
  const layouts = planLayouts(layers);
  const images = placeholder(graph, 'images', 'float32', [BATCH, ...layers.images.shape]);
  const vector = placeholder(graph, 'weights', 'float32', [layouts.parameters.size]);
  const { values } = forward(graph, layers, { images, parameters: takeApart(graph, vector, layouts.parameters) });
  const last = layers.layers.filter(({ name }) => name.startsWith('stage1.unit1.')).at(-1)!;
  const y = identity(graph, 'y', values.get(last)!);
  const session = openGraph(writeSavedModel(inOrder([y.node]), { forward: [y] }));
  const { parameters } = initialWeights(tensorsOf(layouts), 1);
  const x = normalImages(THREE, { count: COUNT, seed: 3 });
  const at = (pixels: Float32Array) => {
    const feeds = {
      images: { shape: [COUNT, 3, 3, 3], values: pixels },
      weights: { shape: [parameters.length], values: parameters },
    };
    return session.run(feeds, ['y'])[0] as Float32Array;
  };
  const STEP = 2 ** -9;
  let squares = 0;
  for (let column = 0; column < x.length; column += 1) {
    const moved = (by: number) => at(x.map((pixel, index) => (index === column ? pixel + by : pixel)));
    const [above, below] = [moved(STEP), moved(-STEP)];
    above.forEach((value, row) => {
      const derivative = (value - below[row]!) / (2 * STEP);
      squares += (derivative - (row === column ? 1 : 0)) ** 2;
    });
  }
  session.close();
  return Math.sqrt(squares / x.length);
}
