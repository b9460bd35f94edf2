import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/errors.ts';
import type { DataReference } from '../contract/data.ts';
import { openDataFile } from './dataFile.ts';
import type { PictureSet, PixelSet } from './dataSet.ts';
import type { TensorFile } from './files/tensorFile.ts';
import { PICTURES_FORMAT, PIXELS_FORMAT } from './partWriter.ts';

/** Encoded: more is no picture that a network is trained on. */
export const MAX_PICTURE_BYTES = 64e6;

/** Images that are in memory whole: `images` [count, height, width, channels]. */
export function pixelsInMemory(images: Uint8Array, labels: Int32Array): PixelSet {
  const { length: count } = labels;
  const size = images.length / count;
  return {
    storage: 'pixels',
    count,
    labels,
    read: (index, target, offset) => target.set(images.subarray(index * size, (index + 1) * size), offset),
  };
}

/** Images of one size in a file, read as they are asked for: the system's cache keeps what memory has room for. */
export function openPixels(reference: DataReference, name: string): PixelSet {
  const { input } = reference.info;
  const file = openDataFile(reference, name);
  const labels = readLabels(file, reference, name);
  const expected = [labels.length, input.height, input.width, input.channels];
  const images = file.header.tensors.get('images');
  if (file.header.metadata.get('format') !== PIXELS_FORMAT || images?.shape.join() !== expected.join()) {
    throw foreign(reference, name);
  }
  const size = input.height * input.width * input.channels;
  return {
    storage: 'pixels',
    count: labels.length,
    labels,
    read: (index, target, offset) => file.readInto('images', index * size, target.subarray(offset, offset + size)),
  };
}

/** Pictures that a file holds or names. */
export function openPictures(reference: DataReference, name: string): PictureSet {
  const file = openDataFile(reference, name);
  const { metadata } = file.header;
  const labels = readLabels(file, reference, name);
  const root = metadata.get('holds') === 'paths' ? (metadata.get('root') ?? '') : null;
  const ends = new BigInt64Array(labels.length);
  const entries = file.header.tensors.get('entries');
  const endsShape = file.header.tensors.get('ends')?.shape.join();
  if (metadata.get('format') !== PICTURES_FORMAT || entries?.type !== 'U8' || endsShape !== String(labels.length)) {
    throw foreign(reference, name);
  }
  file.readInto('ends', 0, bytesOf(ends));
  if (!ends.every((end, index) => end >= (ends[index - 1] ?? 0n)) || Number(ends.at(-1) ?? 0n) !== entries.end) {
    throw foreign(reference, name);
  }
  const entry = (index: number): Uint8Array => {
    const start = Number(ends[index - 1] ?? 0n);
    const bytes = new Uint8Array(Number(ends[index]!) - start);
    file.readInto('entries', start, bytes);
    return bytes;
  };
  const pathOf = (index: number, folder: string) => join(folder, Buffer.from(entry(index)).toString());
  return {
    storage: 'pictures',
    count: labels.length,
    labels,
    read: (index) => (root === null ? entry(index) : readPicture(pathOf(index, root))),
    nameOf: (index) => (root === null ? `image ${index} of ${join(reference.folder, name)}` : pathOf(index, root)),
  };
}

/** Reads a regular file of a sensible size: a link may lead anywhere, a device may never end. */
export function readPicture(file: string): Uint8Array {
  const refuse = (what: string) =>
    new UserError({ code: 'unavailable', message: `The picture ${file} ${what}`, where: file });
  try {
    const found = lstatSync(file);
    if (!found.isFile()) throw refuse('is no regular file');
    if (found.size > MAX_PICTURE_BYTES) throw refuse(`has ${found.size} bytes`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readLabels(file: TensorFile, reference: DataReference, name: string): Int32Array {
  const span = file.header.tensors.get('labels');
  if (span?.type !== 'I32' || span.shape.length !== 1) throw foreign(reference, name);
  const labels = new Int32Array(span.shape[0]!);
  file.readInto('labels', 0, bytesOf(labels));
  const { classes } = reference.info.input;
  if (!labels.every((label) => label >= 0 && label < classes)) throw foreign(reference, name);
  return labels;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function foreign({ info, folder }: DataReference, name: string): UserError {
  return new UserError({
    code: 'unavailable',
    message: `${name} is not what the data set "${info.name}" was written as`,
    where: join(folder, name),
    hint: `Add the data again: depthlab data remove ${info.name}, then depthlab data add`,
  });
}
