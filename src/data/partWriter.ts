import type { DataFile } from '../contract/data.ts';
import { createFileWriter } from './files/fileWriter.ts';
import { encodeHeader, type TensorShape } from './files/safetensorsHeader.ts';

/** One part of a data set (training or test images) on its way into a file. */
interface PartWriter {
  finish(): DataFile;
  abandon(): void;
}

/** Takes images of one size, as bytes [height, width, channels]. */
export interface PixelWriter extends PartWriter {
  add(pixels: Uint8Array, label: number): void;
}

/** Takes encoded pictures, or the paths of their files. */
export interface PictureWriter extends PartWriter {
  add(entry: Uint8Array, label: number): void;
}

/** What a file of pictures holds: the paths of picture files below a folder, or their whole contents. */
export type PictureEntries = { readonly holds: 'paths'; readonly root: string } | { readonly holds: 'files' };

export const PIXELS_FORMAT = 'depthlab-pixels-1';
export const PICTURES_FORMAT = 'depthlab-pictures-1';

/** Room for the header, which is written last, since only then is it known how many images there are. */
const HEADER_BYTES = 8192;

/** A safetensors file with `images`, uint8 [count, height, width, channels], and `labels`, int32 [count]. */
export function createPixelWriter(
  file: string,
  [height, width, channels]: readonly [number, number, number],
): PixelWriter {
  const writer = startFile(file);
  const labels: number[] = [];
  return {
    add: (pixels, label) => {
      writer.append(pixels);
      labels.push(label);
    },
    finish: () => {
      const { length: count } = labels;
      writer.append(asBytes(Int32Array.from(labels)));
      const tensors = new Map<string, TensorShape>([
        ['images', { type: 'U8', shape: [count, height, width, channels] }],
        ['labels', { type: 'I32', shape: [count] }],
      ]);
      return endFile(writer, tensors, { format: PIXELS_FORMAT });
    },
    abandon: writer.abandon,
  };
}

/**
 * A safetensors file with `entries`, uint8, all entries one after the other; `ends`, int64 [count], where each one ends; and
 * `labels`, int32 [count].
 */
export function createPictureWriter(file: string, what: PictureEntries): PictureWriter {
  const writer = startFile(file);
  const labels: number[] = [];
  const ends: bigint[] = [];
  return {
    add: (entry, label) => {
      writer.append(entry);
      ends.push(BigInt(writer.length - HEADER_BYTES));
      labels.push(label);
    },
    finish: () => {
      const { length: count } = labels;
      const tensors = new Map<string, TensorShape>([
        ['entries', { type: 'U8', shape: [Number(ends.at(-1) ?? 0)] }],
        ['ends', { type: 'I64', shape: [count] }],
        ['labels', { type: 'I32', shape: [count] }],
      ]);
      writer.append(asBytes(BigInt64Array.from(ends)));
      writer.append(asBytes(Int32Array.from(labels)));
      return endFile(writer, tensors, { format: PICTURES_FORMAT, ...what });
    },
    abandon: writer.abandon,
  };
}

function startFile(file: string) {
  const writer = createFileWriter(file);
  writer.append(new Uint8Array(HEADER_BYTES));
  return writer;
}

function endFile(
  writer: ReturnType<typeof createFileWriter>,
  tensors: ReadonlyMap<string, TensorShape>,
  metadata: Readonly<Record<string, string>>,
): DataFile {
  const header = encodeHeader(tensors, metadata, HEADER_BYTES);
  // Only a folder's path of thousands of characters is longer.
  if (header.length > HEADER_BYTES) throw new RangeError('The header is too long');
  writer.overwrite(0, header);
  return writer.finish();
}

function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
