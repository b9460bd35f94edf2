import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodePicture, type DecodedPicture } from '../decodePicture.ts';
import { pictureSize, type PictureSize } from '../files/imageHeader.ts';
import { MAX_PICTURE_BYTES, readPicture } from '../imageSets.ts';
import type { FoundStorage } from './foundSet.ts';

/** Pictures that are all of one size, no larger than this, are kept as pixels. */
const SMALL = 96;
const USUAL_SIZE = 224;
const HEADER_BYTES = 65_536;
const TAIL_BYTES = 64;

/**
 * Looks at the beginning and the end of a picture's file, and at the whole of it where these do not tell: null where it is no
 * whole JPEG, PNG or WebP, or cannot be read.
 */
export async function lookAtFile(file: string): Promise<PictureSize | null> {
  try {
    const { start, tail, size } = readEnds(file);
    const found = pictureSize(start);
    if (found !== null && isWhole(start, tail, size)) return found;
    // Thousands of bytes of notes may come before a JPEG's size, and others after its end; what begins as no picture is none.
    return isPictureStart(start) && size <= MAX_PICTURE_BYTES ? await decodedSize(readPicture(file), file) : null;
  } catch {
    return null;
  }
}

export async function lookAtBytes(bytes: Uint8Array, name: string): Promise<PictureSize | null> {
  const found = pictureSize(bytes);
  if (found === null) return null;
  return isWhole(bytes, Buffer.from(bytes.subarray(-TAIL_BYTES)), bytes.length) ? found : decodedSize(bytes, name);
}

function readEnds(file: string): { start: Buffer; tail: Buffer; size: number } {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const start = Buffer.alloc(Math.min(size, HEADER_BYTES));
    readSync(handle, start, 0, start.length, 0);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, tail, 0, tail.length, size - tail.length);
    return { start, tail, size };
  } finally {
    closeSync(handle);
  }
}

async function decodedSize(bytes: Uint8Array, file: string): Promise<PictureSize | null> {
  try {
    await decodePicture(bytes, file, 3);
    return pictureSize(bytes);
  } catch {
    return null;
  }
}

function isPictureStart(start: Buffer): boolean {
  const text = start.subarray(0, 12).toString('latin1');
  return (
    text.startsWith('\xff\xd8') || text.startsWith('\x89PNG') || (text.startsWith('RIFF') && text.endsWith('WEBP'))
  );
}

/** A JPEG ends with its marker EOI, a PNG with its chunk IEND; a WebP says its length. */
function isWhole(start: Uint8Array, tail: Buffer, size: number): boolean {
  if (start[0] === 0xff) return tail.includes(Buffer.from([0xff, 0xd9]));
  if (start[0] === 0x89) return tail.includes('IEND');
  return new DataView(start.buffer, start.byteOffset, start.byteLength).getUint32(4, true) + 8 <= size;
}

/** What the sizes of all pictures have in common. */
export interface Sizes {
  add(size: PictureSize): void;
  /** Pixels where all are small and of one size (unless another is asked for); null: they stay pictures. */
  asPixels(asked: number | undefined): { height: number; width: number; channels: 1 | 3 } | null;
}

export function createSizes(): Sizes {
  let common: PictureSize | null = null;
  let isOne = true;
  let isGrey = true;
  return {
    add: (size) => {
      common ??= size;
      isOne &&= size.height === common.height && size.width === common.width;
      isGrey &&= size.channels === 1;
    },
    asPixels: (asked) => {
      if (common === null || !isOne) return null;
      const { height, width } = common;
      const isSmall = Math.max(height, width) <= SMALL && Math.min(height, width) >= 8;
      const isAsked = asked === undefined || (asked === height && asked === width);
      return isSmall && isAsked ? { height, width, channels: isGrey ? 1 : 3 } : null;
    },
  };
}

/** How a source of pictures is kept: as pixels, or as they are. */
export function storageOf(
  sizes: Sizes,
  asked: number | undefined,
  root: string | null,
  read: (entry: Uint8Array) => Uint8Array,
): FoundStorage {
  const pixels = sizes.asPixels(asked);
  if (pixels) return { kind: 'pixels', ...pixels };
  const decode = (entry: Uint8Array): Promise<DecodedPicture> => decodePicture(read(entry), nameOf(entry, root), 3);
  return { kind: 'pictures', size: asked ?? USUAL_SIZE, root, decode };
}

function nameOf(entry: Uint8Array, root: string | null): string {
  return root === null ? 'a picture' : Buffer.from(entry).toString();
}

/** Decodes a small picture that is kept as pixels; null where it is none of that size after all. */
export async function pixelsOf(
  bytes: Uint8Array,
  name: string,
  { height, width, channels }: Extract<FoundStorage, { kind: 'pixels' }>,
): Promise<Uint8Array | null> {
  try {
    const decoded = await decodePicture(bytes, name, channels === 1 ? 1 : 3);
    // A camera's note may have turned it upright.
    return decoded.height === height && decoded.width === width ? decoded.pixels : null;
  } catch {
    return null;
  }
}

/** Counts what was left out, and keeps the first few names of it. */
export function createSkips() {
  const names: string[] = [];
  let count = 0;
  return {
    add: (name: string) => {
      count += 1;
      if (names.length < 3) names.push(name);
    },
    note: (what: string): string[] => {
      if (count === 0) return [];
      const some = names.join(', ') + (count > names.length ? ', ...' : '');
      return [`${count.toLocaleString('en')} ${what}: ${some}`];
    },
  };
}
