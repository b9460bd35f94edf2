import { createHash } from 'node:crypto';
import { UserError } from '../../contract/errors.ts';
import { networkName, type NetworkInput, type NetworkSpec } from '../../contract/network.ts';
import type { ImageSize, Subject } from '../../contract/task.ts';
import { readBytes } from '../../data/files/readBytes.ts';
import { decodeSafetensors, type SafetensorsFile } from '../../data/files/safetensors.ts';
import type { LayerGraph } from '../../engine/layers/layer.ts';
import { planLayouts, tensorsOf, type NetworkTensors } from '../../engine/networkTensors.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import { NO_DROP } from '../../nets/drop.ts';
import { initialWeights } from '../../nets/initialise.ts';
import { decideNetwork } from '../../nets/plans.ts';
import {
  hintsOf,
  weightsFromCheckpoint,
  weightsFromPytorch,
  type Weights,
  type WeightsPurpose,
} from '../../nets/pytorchWeights.ts';
import { buildNetwork } from '../../nets/resnet.ts';
import { readImageSize, readScale } from './weightsMetadata.ts';

/** A network as layers, with its weights. */
export interface OpenSubject {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly input: NetworkInput;
  readonly layers: LayerGraph;
  readonly tensors: NetworkTensors;
  readonly weights: Weights;
  /** How pixels are scaled, where the file of weights says it. */
  readonly scale: PixelScale | null;
}

/** What is taken where neither the user nor the weights say anything else. */
const USUAL_CLASSES = 10;
const IMAGENET_CLASSES = 1000;
const USUAL_CHANNELS = 3;
const SMALL = 32;
/** What a stem with a large window was made for: He et al. 2015, table 1. */
const LARGE = 224;
const LARGE_WINDOW = 7;

/**
 * Builds the network and reads its weights, those of the purpose where a checkpoint has both. `images` is the size of the
 * images at hand, where there are some. Throws a `UserError` where weights or images do not fit.
 */
export function openSubject(subject: Subject, purpose: WeightsPurpose, images?: ImageSize): OpenSubject {
  if (subject.kind === 'run') {
    const { network, input, checkpoint, stochasticDepth } = subject;
    if (images !== undefined) checkSize(input, images, `run ${subject.runId}`);
    const file = openSafetensors(checkpoint.file, checkpoint.sha256);
    const layers = buildNetwork(network, input, { ...NO_DROP, stochasticDepth });
    return withWeights({ network, input, layers }, file, (tensors, name) =>
      weightsFromCheckpoint(file.tensors, tensors, { file: checkpoint.file, network: name, purpose }),
    );
  }
  const { weights: path, seed } = subject;
  const file = path === undefined ? null : openSafetensors(path);
  const { height, width, channels } = images ?? subject.images ?? sizeFor(file);
  const network = decideNetwork(subject.network, { height, width });
  const known = file === null ? null : hintsOf(file.tensors).classes;
  const usual = network.family === 'imagenet' ? IMAGENET_CLASSES : USUAL_CLASSES;
  const input = { height, width, channels, classes: subject.classes ?? known ?? usual };
  const layers = buildNetwork(network, input);
  return withWeights({ network, input, layers }, file, (tensors, name) =>
    file === null
      ? initialWeights(tensors, seed)
      : readWeights(file, tensors, { file: path ?? '', network: name, purpose }),
  );
}

function withWeights(
  { network, input, layers }: Pick<OpenSubject, 'network' | 'input' | 'layers'>,
  file: SafetensorsFile | null,
  weightsOf: (tensors: NetworkTensors, name: string) => Weights,
): OpenSubject {
  const tensors = tensorsOf(planLayouts(layers));
  const name = networkName(network);
  const scale = file === null ? null : readScale(file.metadata);
  return { name, network, input, layers, tensors, weights: weightsOf(tensors, name), scale };
}

/** The size of the images that weights were made for: as the file says, else as its stem does. */
function sizeFor(file: SafetensorsFile | null): ImageSize {
  const said = file === null ? null : readImageSize(file.metadata);
  if (said !== null) return said;
  const hints = file === null ? null : hintsOf(file.tensors);
  const side = hints?.window === LARGE_WINDOW ? LARGE : SMALL;
  return { height: side, width: side, channels: hints?.channels ?? USUAL_CHANNELS };
}

/** Weights with PyTorch's names, or those of a checkpoint. */
function readWeights(
  { metadata, tensors: found }: SafetensorsFile,
  tensors: NetworkTensors,
  names: Parameters<typeof weightsFromCheckpoint>[2],
): Weights {
  const isCheckpoint = metadata.get('format')?.startsWith('depthlab-checkpoint') === true;
  return (isCheckpoint ? weightsFromCheckpoint : weightsFromPytorch)(found, tensors, names);
}

/** Where the store vouches for a file by its hash, it is compared before anything in the file is believed. */
function openSafetensors(file: string, sha256?: string): SafetensorsFile {
  const bytes = readBytes(file);
  if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new UserError({
      code: 'failed',
      message: `The checkpoint ${file} is not the one that was recorded: its SHA-256 is another`,
      where: file,
      hint: 'It is damaged or was replaced; use another checkpoint of the run',
    });
  }
  return decodeSafetensors(bytes, file);
}

function checkSize(input: NetworkInput, images: ImageSize, what: string): void {
  const text = (size: ImageSize) => `${size.height}x${size.width}x${size.channels}`;
  if (text(input) === text(images)) return;
  throw new UserError({
    code: 'bad-input',
    message: `The images are ${text(images)}, those of ${what} ${text(input)} (height x width x channels)`,
    where: 'images',
    hint: 'Give images of the size that the network was trained on',
  });
}
