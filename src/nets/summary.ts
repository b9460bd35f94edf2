import { assertNever } from '../contract/errors.ts';
import {
  networkName,
  type LayerSummary,
  type NetworkInput,
  type NetworkRequest,
  type NetworkSummary,
  type StageSummary,
} from '../contract/network.ts';
import type { ProgramOptions } from '../engine/program.ts';
import { elementCount } from '../engine/ir/node.ts';
import type { Layer, LayerGraph } from '../engine/layers/layer.ts';
import { estimateStepMemory, type MemorySettings } from './memory.ts';
import { decideNetwork } from './plans.ts';
import { buildNetwork } from './resnet.ts';
import { compileTrainingProgram } from './trainingProgram.ts';

/** A summary that knows no machine. */
export type PlainSummary = Omit<NetworkSummary, 'device'>;

/**
 * What a network is before it trains, read off the layers and the compiled graph. Throws bad-input at `depth` where no
 * such network exists.
 */
export function summariseNetwork(request: NetworkRequest, input: NetworkInput, settings: MemorySettings): PlainSummary {
  const network = decideNetwork(request, input);
  const built = buildNetwork(network, input);
  const layers = built.layers.flatMap((layer) => (layer.kind === 'images' ? [] : [summariseLayer(layer)]));
  const { parameterCount, parameters, graphNodes } = compileTrainingProgram(network, input, usualOptions(input));
  return {
    name: networkName(network),
    network,
    input,
    parameters: parameterCount,
    parameterTensors: parameters.length,
    flopsPerImage: total(layers, 'flops'),
    graphNodes,
    estimatedMemoryBytes: estimateStepMemory(built, settings),
    stages: summariseStages(built, layers),
    layers,
  };
}

function summariseLayer(layer: Layer): LayerSummary {
  const parameters = layer.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const { name, stage, shape } = layer;
  return { name, kind: kindOf(layer), stage, outputShape: [...shape], parameters, flops: flopsOf(layer) };
}

function kindOf(layer: Layer): string {
  switch (layer.kind) {
    case 'images':
    case 'relu':
    case 'dense':
    case 'sigmoid':
    case 'complement':
    case 'product':
    case 'scale':
    case 'dropout':
      return layer.kind;
    case 'maxPool':
      return 'max pool';
    case 'padChannels':
      return 'pad channels';
    case 'convolution':
      return 'conv';
    case 'batchNorm':
      return 'batch norm';
    case 'addition':
      return 'add';
    case 'globalPool':
      return 'pool';
    default:
      return assertNever(layer);
  }
}

/** Multiply-accumulates x 2 of one image; convolutions and the dense layer only, as papers count. */
function flopsOf({ kind, shape, parameters }: Layer): number {
  const [weight] = parameters;
  if (weight === undefined || (kind !== 'convolution' && kind !== 'dense')) return 0;
  return 2 * elementCount(weight.shape) * elementCount(shape.slice(0, -1));
}

function summariseStages({ layers: built }: LayerGraph, layers: readonly LayerSummary[]): StageSummary[] {
  return [...new Set(layers.map(({ stage }) => stage))].map((name) => {
    const own = layers.filter(({ stage }) => stage === name);
    return {
      name,
      blocks: built.filter(({ kind, stage }) => kind === 'addition' && stage === name).length,
      outputShape: own.at(-1)!.outputShape,
      parameters: total(own, 'parameters'),
      flops: total(own, 'flops'),
    };
  });
}

function total(layers: readonly LayerSummary[], field: 'parameters' | 'flops'): number {
  return layers.reduce((sum, layer) => sum + layer[field], 0);
}

/** Clipping and decay, as most runs have them: the number of nodes hardly depends on it. */
function usualOptions({ channels }: NetworkInput): ProgramOptions {
  const imageMean = Array.from({ length: channels }, () => 0);
  const imageStd = Array.from({ length: channels }, () => 1);
  const optimiser = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;
  return { optimiser, weightDecay: 1e-4, decayAll: true, clipNorm: 1, imageMean, imageStd };
}
