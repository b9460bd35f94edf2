import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { UserError } from '../../contract/errors.ts';
import { NO_PROGRESS, type KeptProgress } from '../progress.ts';
import { vectorOf, type TrainingProgram, type TrainingState } from '../../engine/program.ts';
import { decodeTensors, encodeHeader, type TensorPlace } from './safetensors.ts';

/** Where in a run a checkpoint was taken, and of which run; all of it as text in the file's `__metadata__`. */
export interface CheckpointPosition {
  readonly run: number;
  readonly attempt: number;
  readonly step: number;
  readonly epoch: number;
  readonly seed: number;
  readonly network: string;
  readonly data: string;
}

type Layout = Pick<TrainingProgram, 'parameters' | 'statistics' | 'state'>;

const ProgressSchema = v.strictObject({
  epochSums: v.strictObject({ loss: v.number(), correct: v.number(), images: v.number() }),
  rollbacks: v.number(),
});

const FORMAT = 'depthlab-checkpoint-1';
/** The order of the images and their changes follow from seed and step by this generator. */
const DATA_ORDER = 'philox4x32-10';

/**
 * A checkpoint as safetensors: each layer's tensor by its name, so that any reader of the format (in Python:
 * `safetensors.numpy.load_file`) gets named weights, under the name of their vector: `parameters/`, `momentum/`,
 * `statistics/`. The flat vectors of the state are the data as they are; the names only say where each tensor lies.
 */
export function encodeCheckpoint(
  layout: Layout,
  state: TrainingState,
  position: CheckpointPosition,
  progress: KeptProgress = NO_PROGRESS,
): Uint8Array[] {
  const metadata = {
    format: FORMAT,
    dataOrder: DATA_ORDER,
    layout: layoutHash(layout),
    ...asTexts(position),
    progress: JSON.stringify(progress),
  };
  const vectors = layout.state.map(({ name }) => vectorOf(state, name));
  const header = encodeHeader({ metadata, tensors: tensorPlaces(layout) });
  return [
    header,
    ...vectors.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ];
}

/** Reads a checkpoint of a network with this layout; refuses, with a `UserError`, a damaged one and one of another. */
export function decodeCheckpoint(
  bytes: Uint8Array,
  layout: Layout,
  file: string,
): { state: TrainingState; position: CheckpointPosition; progress: KeptProgress } {
  const { metadata, data } = decodeTensors(bytes, file);
  const position = readPosition(metadata);
  if (metadata['format'] !== FORMAT || metadata['dataOrder'] !== DATA_ORDER || !position) {
    throw refusal(file, 'is none that this version of Depthlab can read');
  }
  if (metadata['layout'] !== layoutHash(layout)) {
    throw refusal(file, `is of another network or optimiser: ${position.network}`);
  }
  const vectors = vectorPlaces(layout);
  const end = vectors.at(-1)!;
  if (data.length !== end.start + end.size) throw refusal(file, 'has the wrong size');
  const state = vectors.map(({ name, start, size }) => [name, data.slice(start, start + size)]);
  const progress = readProgress(metadata['progress']);
  return { position, progress, state: Object.fromEntries(state) as TrainingState };
}

/** Where each vector starts among the file's numbers. */
function vectorPlaces({ state }: Layout) {
  let start = 0;
  return state.map((vector) => {
    const place = { ...vector, start };
    start += vector.size;
    return place;
  });
}

function refusal(file: string, what: string): UserError {
  return new UserError({ code: 'bad-input', message: `The checkpoint ${file} ${what}`, where: file });
}

/** Names and places of all tensors: equal where two flat vectors mean the same. */
function layoutHash(layout: Layout): string {
  const places = tensorPlaces(layout).map(({ name, shape, offset }) => [name, shape, offset]);
  return createHash('sha256').update(JSON.stringify(places)).digest('hex');
}

function tensorPlaces(layout: Layout): TensorPlace[] {
  return vectorPlaces(layout).flatMap(({ name: vector, of, start, size: whole }) => {
    if (of === 'count') return [{ name: vector, shape: [whole], size: whole, offset: start }];
    return layout[of].map(({ name, shape, offset, size }) => {
      return { name: `${vector}/${name}`, shape, size, offset: start + offset };
    });
  });
}

function asTexts(position: CheckpointPosition): Record<string, string> {
  return Object.fromEntries(Object.entries(position).map(([name, value]) => [name, String(value)]));
}

/** A file of an earlier version says nothing of it: it was written at an epoch's end, where there is nothing to keep. */
function readProgress(text: string | undefined): KeptProgress {
  if (text === undefined) return NO_PROGRESS;
  try {
    return v.parse(ProgressSchema, JSON.parse(text));
  } catch {
    return NO_PROGRESS;
  }
}

function readPosition(metadata: Readonly<Record<string, string>>): CheckpointPosition | null {
  const number = (name: string) => Number(metadata[name] ?? NaN);
  const position = {
    run: number('run'),
    attempt: number('attempt'),
    step: number('step'),
    epoch: number('epoch'),
    seed: number('seed'),
    network: metadata['network'] ?? '',
    data: metadata['data'] ?? '',
  };
  const { network, data, ...numbers } = position;
  if (network === '' || data === '' || !Object.values(numbers).every(Number.isSafeInteger)) return null;
  return position;
}
