import { NOTHING_DROPPED } from './drop.ts';
import { hasDropout } from './dropout.ts';
import { takeApart } from './flat.ts';
import { forward } from './forward.ts';
import { pullBack } from './gradient.ts';
import { createGraph, type Graph } from './ir/graph.ts';
import { BATCH, sameShape, type Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { residualUnits, type ResidualUnitLayers } from './layers/residualUnits.ts';
import { planLayouts, tensorsOf, type NetworkTensors } from './networkTensors.ts';
import { absolute } from './ops/absolute.ts';
import { cast } from './ops/cast.ts';
import { constant, integers } from './ops/constant.ts';
import { identity } from './ops/identity.ts';
import { less } from './ops/less.ts';
import { mean } from './ops/mean.ts';
import { multiply } from './ops/multiply.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { randomUniform } from './ops/randomUniform.ts';
import { square } from './ops/square.ts';
import { subtract } from './ops/subtract.ts';
import { writeSavedModel } from './savedModel.ts';

/** What a session feeds. */
export const IDENTITY_FEEDS = {
  /** float32 [batch, height, width, channels], normalised. */
  images: 'images',
  /** float32 [parameterCount] */
  parameters: 'weights',
  /** int32 scalar: what the probes are drawn from. */
  probeSeed: 'probe_seed',
  /** int32 scalar, where the network has dropout: what its masks are drawn from. */
  maskSeed: 'mask_seed',
} as const;

/** What a session fetches. */
export const IDENTITY_FETCHES = {
  /** float32 [measured]: see `IdentityProgram.measured`. */
  measured: 'measured',
  /** float32 [probed]: see `IdentityProgram.probed`; there where that is not empty. */
  probed: 'probed',
} as const;

/** What is measured of a unit: means over all elements of a batch. Those with `?` are there where x and y have one shape. */
export const UNIT_MEASURES = [
  /** |x| and x^2. */
  'absoluteX',
  'squareX',
  /** |F| and F^2, F as it is added. */
  'absoluteF',
  'squareF',
  /** Share of the elements of F that are below 0. */
  'negativeF',
] as const;
export const SAME_SHAPE_MEASURES = [
  /** F x */
  'product',
  /** (y - F - x)^2 */
  'squareDeviation',
] as const;
export type UnitMeasure = (typeof UNIT_MEASURES)[number] | (typeof SAME_SHAPE_MEASURES)[number];

/** (J'v - v)^2 with J = dy/dx: through the path from x to y alone, F held fast, and of the whole unit. */
export type UnitProbe = 'skip' | 'unit';

export interface IdentityProgram extends NetworkTensors {
  readonly savedModel: Uint8Array;
  readonly units: readonly ResidualUnitLayers[];
  /** Of each element of `measured`: unit and measure; or, of a layer on a path, the place on it and what is squared. */
  readonly measured: readonly MeasuredName[];
  readonly probed: readonly { readonly unit: number; readonly probe: UnitProbe }[];
  readonly hasDropout: boolean;
}

export type MeasuredName =
  | { readonly unit: number; readonly measure: UnitMeasure }
  | { readonly unit: number; readonly place: number; readonly of: 'input' | 'change' };

/**
 * The identity path of every residual unit, measured in one pass over the network with the batch's own statistics, as in a
 * training step: no branch is dropped, elements of a dropout shortcut are. y - F - x is computed from the three tensors and
 * not taken from the graph's structure. Jacobians are probed by vector-Jacobian products with Rademacher vectors v (each
 * element 1 or -1), for which the mean of (J'v - v)^2 has the expectation ||J - I||^2 / ||I||^2 in Frobenius norms
 * (Hutchinson 1990). Only scalars leave the graph, so that a unit's tensors are freed once the next ones are there.
 */
export function compileIdentityProbe(network: LayerGraph): IdentityProgram {
  const graph = createGraph();
  const layouts = planLayouts(network);
  const drops = hasDropout(network);
  const images = placeholder(graph, IDENTITY_FEEDS.images, 'float32', [BATCH, ...network.images.shape]);
  const vector = placeholder(graph, IDENTITY_FEEDS.parameters, 'float32', [layouts.parameters.size]);
  const probeSeed = placeholder(graph, IDENTITY_FEEDS.probeSeed, 'int32', []);
  const { values } = forward(graph, network, {
    images,
    parameters: graph.within('parameters', () => takeApart(graph, vector, layouts.parameters)),
    drops: NOTHING_DROPPED,
    dropoutSeed: drops ? placeholder(graph, IDENTITY_FEEDS.maskSeed, 'int32', []) : undefined,
  });

  const units = residualUnits(network);
  const measured: { name: MeasuredName; value: Value }[] = [];
  const probed: { unit: number; probe: UnitProbe; value: Value }[] = [];
  units.forEach((unit, index) => {
    graph.within(`measure/${unit.name}`, () => {
      measured.push(...measuresOf(graph, unit, index, (layer) => values.get(layer)!));
      if (!sameShape(unit.x.shape, unit.y.shape)) return;
      const [x, y, residual] = [values.get(unit.x)!, values.get(unit.y)!, values.get(unit.residual)!];
      const probe = rademacher(graph, y, probeSeed, index);
      const deviation = (constants: readonly Value[]) => {
        const [pulled] = pullBack(graph, { of: y, cotangent: probe, variables: [x], constants });
        return meanOf(graph, square(graph, subtract(graph, pulled!, probe)));
      };
      probed.push({ unit: index, probe: 'skip', value: deviation([residual]) });
      probed.push({ unit: index, probe: 'unit', value: deviation([]) });
    });
  });

  const fetches = [identity(graph, IDENTITY_FETCHES.measured, together(graph, measured))];
  if (probed.length > 0) fetches.push(identity(graph, IDENTITY_FETCHES.probed, together(graph, probed)));
  // A network without a trained layer in any unit is fed its weights all the same.
  const nodes = inOrder([...fetches, vector].map(({ node }) => node));
  return {
    savedModel: writeSavedModel(nodes, { identity: fetches }),
    ...tensorsOf(layouts),
    units,
    measured: measured.map(({ name }) => name),
    probed: probed.map(({ unit, probe }) => ({ unit, probe })),
    hasDropout: drops,
  };
}

function measuresOf(
  graph: Graph,
  { x: from, y: to, residual, path }: ResidualUnitLayers,
  unit: number,
  valueOf: (layer: ResidualUnitLayers['x']) => Value,
) {
  const [x, y, branch] = [valueOf(from), valueOf(to), valueOf(residual)];
  const negative = cast(graph, less(graph, branch, constant(graph, 0)), 'float32');
  const means: [UnitMeasure, Value][] = [
    ['absoluteX', absolute(graph, x)],
    ['squareX', square(graph, x)],
    ['absoluteF', absolute(graph, branch)],
    ['squareF', square(graph, branch)],
    ['negativeF', negative],
  ];
  if (sameShape(from.shape, to.shape)) {
    const deviation = subtract(graph, subtract(graph, y, branch), x);
    means.push(['product', multiply(graph, branch, x)], ['squareDeviation', square(graph, deviation)]);
  }
  const changes = path.flatMap(({ layer }, place) => {
    const input = layer.inputs[0]!;
    if (!sameShape(input.shape, layer.shape)) return [];
    const change = subtract(graph, valueOf(layer), valueOf(input));
    return [
      { name: { unit, place, of: 'input' as const }, value: meanOf(graph, square(graph, valueOf(input))) },
      { name: { unit, place, of: 'change' as const }, value: meanOf(graph, square(graph, change)) },
    ];
  });
  return [...means.map(([measure, value]) => ({ name: { unit, measure }, value: meanOf(graph, value) })), ...changes];
}

/** 1 or -1 for each element of `like`, from the seed and the unit's number. */
function rademacher(graph: Graph, like: Value, seed: Value, unit: number): Value {
  const drawn = randomUniform(graph, like, pack(graph, [seed, integers(graph, unit)]));
  const isPositive = cast(graph, less(graph, drawn, constant(graph, 0.5)), 'float32');
  return subtract(graph, multiply(graph, isPositive, constant(graph, 2)), constant(graph, 1));
}

function meanOf(graph: Graph, image: Value): Value {
  return mean(
    graph,
    image,
    image.shape.map((_, axis) => axis),
  );
}

function together(graph: Graph, scalars: readonly { readonly value: Value }[]): Value {
  return pack(
    graph,
    scalars.map(({ value }) => value),
  );
}
