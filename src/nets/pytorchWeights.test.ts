import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import type { NetworkVersion } from '../contract/network.ts';
import { planLayouts, tensorsOf } from '../engine/networkTensors.ts';
import { initialWeights } from './initialise.ts';
import { decideNetwork } from './plans.ts';
import { hintsOf, weightsFromPytorch, weightsToPytorch } from './pytorchWeights.ts';
import { buildNetwork } from './resnet.ts';

const tensorsFor = (version: NetworkVersion, depth: number) => {
  const network = decideNetwork({ version, depth });
  return tensorsOf(planLayouts(buildNetwork(network, { height: 8, width: 8, channels: 1, classes: 10 })));
};

const names = { file: 'w.safetensors', network: 'resnet' };

/** A `state_dict` as a file gives it: counters have no floating-point numbers. */
function fileOf(version: NetworkVersion, depth = 8) {
  const tensors = tensorsFor(version, depth);
  const weights = initialWeights(tensors, 5);
  const file = new Map(
    [...weightsToPytorch(tensors, weights)].map(([name, { shape, values }]) => [
      name,
      { shape, values: values instanceof Float32Array ? values : null },
    ]),
  );
  return { tensors, weights, file };
}

const thrown = (work: () => unknown): UserError => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('Nothing was refused');
};

describe.each(['v1', 'v2'] as const)("weights of a %s network with PyTorch's names", (version) => {
  it.each([8, 11])('come back bit for bit at %i layers', (depth) => {
    const { tensors, weights, file } = fileOf(version, depth);
    expect(weightsFromPytorch(file, tensors, names)).toEqual(weights);
    expect(hintsOf(file)).toEqual({ classes: 10, channels: 1, window: 3 });
  });

  it('may come from a wrapped network', () => {
    const { tensors, weights, file } = fileOf(version);
    const wrapped = new Map([...file].map(([name, tensor]) => [`module.${name}`, tensor]));
    expect(weightsFromPytorch(wrapped, tensors, names)).toEqual(weights);
  });
});

describe('the names', () => {
  it("are torchvision's for V1", () => {
    const { file } = fileOf('v1', 11);
    expect(file.get('conv1.weight')!.shape).toEqual([16, 1, 3, 3]);
    expect(file.get('layer2.0.downsample.0.weight')!.shape).toEqual([128, 64, 1, 1]);
    expect(file.get('layer3.0.bn3.running_var')!.shape).toEqual([256]);
    expect(file.get('layer2.0.downsample.1.num_batches_tracked')!.shape).toEqual([]);
    expect(file.get('fc.weight')!.shape).toEqual([10, 256]);
  });

  it("are timm's for V2", () => {
    const { file } = fileOf('v2', 11);
    expect(file.get('stem.conv.weight')!.shape).toEqual([16, 1, 3, 3]);
    expect(file.get('stages.0.blocks.0.norm1.weight')!.shape).toEqual([16]);
    expect(file.get('stages.1.blocks.0.downsample.conv.weight')!.shape).toEqual([128, 64, 1, 1]);
    expect(file.get('norm.running_mean')!.shape).toEqual([256]);
    expect(file.get('head.fc.weight')!.shape).toEqual([10, 256, 1, 1]);
  });
});

describe('weights that do not fit', () => {
  it('are refused with every tensor at fault, what it is and what it should be', () => {
    const { tensors, file } = fileOf('v1');
    file.delete('bn1.bias');
    file.set('fc.weight', { shape: [100, 64], values: new Float32Array(6400) });
    file.set('layer4.0.conv1.weight', { shape: [1], values: Float32Array.of(1) });
    file.set('conv1.weight', { shape: [16, 1, 3, 3], values: null });
    expect(thrown(() => weightsFromPytorch(file, tensors, names))).toMatchObject({
      code: 'bad-input',
      message:
        'w.safetensors does not fit resnet: 1 missing (bn1.bias [16]); 2 of another shape (conv1.weight holds no ' +
        'floating-point numbers, fc.weight is [100, 64], not [10, 64]); 1 surplus (layer4.0.conv1.weight [1])',
    });
  });

  it('of the other version are recognised', () => {
    const hint = thrown(() => weightsFromPytorch(fileOf('v1').file, tensorsFor('v2', 8), names)).hint;
    expect(hint).toContain("Its names are torchvision's: a network of version V1");
  });
});
