import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../contract/errors.ts';
import type { TaskRequest, TaskResult, WeightsPlace } from '../../contract/task.ts';
import { encodeSafetensors } from '../../data/files/safetensors.ts';
import { writeServingModel, type PixelScale } from '../../engine/servingModel.ts';
import { weightsToPytorch } from '../../nets/pytorchWeights.ts';
import { writeOutput } from './output.ts';
import { pixelScaleOf } from './pixelScale.ts';
import { openSubject, type OpenSubject } from './subject.ts';
import { encodeMetadata } from './weightsMetadata.ts';

/** TensorFlow looks for this name in the folder of a SavedModel. */
const MODEL_FILE = 'saved_model.pb';

/** A network's weights as a file: drawn from a seed, converted from another file, or those of a run. */
export function weights(request: TaskRequest<'weights'>): TaskResult<'weights'> {
  const { subject: asked, format, to } = request;
  const subject = openSubject(asked, 'evaluation');
  const scale = pixelScaleOf(asked, subject);
  const parts =
    format === 'saved-model'
      ? [writeServingModel(subject.layers, subject.weights, scale)]
      : safetensorsOf(subject, scale);
  const { parameters, statistics, parameterCount } = subject.tensors;
  return {
    network: subject.name,
    input: subject.input,
    step: asked.kind === 'run' ? asked.checkpoint.step : null,
    parameters: parameterCount,
    tensors: parameters.length + statistics.length,
    ...(format === 'saved-model' ? writeModel(to, parts) : writeSafetensors(to, parts)),
  };
}

function safetensorsOf({ name, input, tensors, weights: own }: OpenSubject, scale: PixelScale | null): Uint8Array[] {
  return encodeSafetensors(weightsToPytorch(tensors, own), encodeMetadata({ network: name, images: input, scale }));
}

function writeSafetensors(to: WeightsPlace, parts: readonly Uint8Array[]) {
  if (to.kind === 'path') return written(to.path, parts);
  makeFolder(to.folder);
  return written(join(to.folder, `${hashOf(parts)}.safetensors`), parts);
}

/** A SavedModel is a folder. */
function writeModel(to: WeightsPlace, parts: readonly Uint8Array[]) {
  const folder = to.kind === 'path' ? to.path : join(to.folder, hashOf(parts));
  makeFolder(folder);
  return { ...written(join(folder, MODEL_FILE), parts), file: resolve(folder) };
}

function written(path: string, parts: readonly Uint8Array[]) {
  return {
    file: writeOutput(path, parts),
    bytes: parts.reduce((sum, { length }) => sum + length, 0),
    sha256: hashOf(parts),
  };
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError({ code: 'bad-input', message: `The folder cannot be made: ${cause}`, where: folder });
  }
}
