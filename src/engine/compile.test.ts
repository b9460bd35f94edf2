import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { compileNetwork } from './compile.ts';
import { createLayerBuilder } from './layers/builder.ts';
import type { ProgramOptions } from './program.ts';

/** A stem and a head, as small as a network can be. */
function compileTiny(changed: Partial<ProgramOptions> = {}) {
  const net = createLayerBuilder({ height: 8, width: 8, channels: 2, classes: 3 });
  const x = net.relu('relu', net.batchNorm('bn', net.convolution('conv', net.images, { window: 3, channels: 16 })));
  const optimiser = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;
  const usual = { optimiser, weightDecay: 1e-4, decayAll: true, clipNorm: 1, imageMean: [0, 0], imageStd: [1, 1] };
  return compileNetwork(net.finish(net.dense('dense', net.globalPool('pool', x), 3)), { ...usual, ...changed });
}

type Entries<Value> = readonly (readonly [string, Value])[];

interface MetaGraph {
  readonly metaInfoDef: { readonly tagsList: readonly string[] };
  readonly graphDef: { readonly nodeList: readonly { name: string; op: string; inputList: string[] }[] };
  readonly signatureDefMap: Entries<{ readonly inputsMap: Entries<unknown>; readonly outputsMap: Entries<unknown> }>;
}

/** Reads the file by the messages that tfjs-node has from TensorFlow: a reader that is not ours. */
function readBack(bytes: Uint8Array): MetaGraph {
  const { SavedModel } = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js') as {
    SavedModel: { deserializeBinary(bytes: Uint8Array): { toObject(): { metaGraphsList: MetaGraph[] } } };
  };
  return SavedModel.deserializeBinary(bytes).toObject().metaGraphsList[0]!;
}

describe('compileNetwork', () => {
  const program = compileTiny();
  const { metaInfoDef, graphDef, signatureDefMap } = readBack(program.savedModel);

  it('writes a saved model with all nodes and four signatures', () => {
    expect(metaInfoDef.tagsList).toEqual(['serve']);
    expect(graphDef.nodeList).toHaveLength(program.graphNodes);
    const signatures = signatureDefMap.map(([name, { inputsMap, outputsMap }]) => [
      name,
      inputsMap.map(([input]) => input),
      outputsMap.map(([output]) => output),
    ]);
    expect(signatures).toEqual([
      ['assign', ['new_momentum', 'new_parameters', 'new_statistics'], ['assign']],
      ['evaluate', ['images', 'labels'], ['evaluate']],
      ['read', [], ['momentum', 'parameters', 'statistics']],
      ['train', ['images', 'labels', 'learning_rate'], ['train']],
    ]);
  });

  it('refers to nodes that are there', () => {
    const names = new Set(graphDef.nodeList.map(({ name }) => name));
    expect(names.size).toBe(graphDef.nodeList.length);
    for (const { inputList } of graphDef.nodeList) {
      for (const input of inputList) expect(names).toContain(input.replace(/^\^|:\d+$/g, ''));
    }
  });

  it('gives the metrics only after every update', () => {
    const ops = new Map(graphDef.nodeList.map(({ name, op }) => [name, op]));
    const { inputList } = graphDef.nodeList.find(({ name }) => name === 'gate/updated')!;
    const awaited = inputList.filter((input) => input.startsWith('^')).map((input) => ops.get(input.slice(1)));
    expect(awaited.toSorted()).toEqual(['AssignVariableOp', 'ResourceApplyMomentum']);
  });

  it('gives the same bytes each time', () => {
    expect(compileTiny().savedModel).toEqual(program.savedModel);
  });

  it('leaves out what is switched off', () => {
    const without = compileTiny({ weightDecay: 0, clipNorm: null });
    expect(without.graphNodes).toBeLessThan(program.graphNodes);
    expect(readBack(without.savedModel).graphDef.nodeList.map(({ op }) => op)).not.toContain('Minimum');
  });
});
