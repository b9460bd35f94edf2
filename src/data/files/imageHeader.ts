import { UserError } from '../../contract/errors.ts';

/** Of a picture, in pixels; 1 channel where it is grey. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** More would take a gigabyte and more to decode. */
export const MAX_PIXELS = 64e6;

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * Looks at the header of a PNG, JPEG or WebP file before it is decoded. Throws a `UserError` where it is none, or where it
 * claims more than 64 million pixels.
 */
export function checkPicture(bytes: Uint8Array, file: string): void {
  const size = headerSize(bytes);
  const refuse = (message: string, hint: string) => new UserError({ code: 'bad-input', message, where: file, hint });
  if (size === null)
    throw refuse(`${file} is no PNG, JPEG or WebP picture`, 'Pictures are PNG, JPEG or WebP, arrays NPY or NPZ');
  const { height, width } = size;
  if (height * width === 0 || height * width > MAX_PIXELS)
    throw refuse(`${file} is ${height}x${width} pixels`, `A picture has at most ${MAX_PIXELS / 1e6} million pixels`);
}

/** The size that a PNG, JPEG or WebP file's header claims; null where it is none, or too large to be decoded. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const size = headerSize(bytes);
  const pixels = size === null ? 0 : size.height * size.width;
  return pixels > 0 && pixels <= MAX_PIXELS ? size : null;
}

function headerSize(bytes: Uint8Array): PictureSize | null {
  return pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes);
}

/** PNG (ISO/IEC 15948), section 11.2.2: the first chunk is IHDR. */
function pngSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 24 || !PNG.equals(bytes.subarray(0, PNG.length))) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Colour types 0 and 4 are greys.
  const channels = bytes[25] === 0 || bytes[25] === 4 ? 1 : 3;
  return { width: view.getUint32(16), height: view.getUint32(20), channels };
}

/** JPEG (ITU-T T.81), annex B: the first start of frame, SOF0 to SOF15 without DHT, JPG and DAC. */
function jpegSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { marker, at } of jpegSegments(bytes)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), channels: bytes[at + 9] === 1 ? 1 : 3 };
  }
  return null;
}

/**
 * The size of a plain JPEG file: whole, baseline, all in one scan, in the colours of JFIF (ITU-T T.871) with the usual sampling
 * (4:4:4, 4:2:2 or 4:2:0), and without notes that change how it is seen (EXIF data, colour profiles, Adobe's). Null for any
 * other file.
 */
export function plainJpegSize(bytes: Uint8Array): PictureSize | null {
  if (!END_OF_IMAGE.equals(bytes.subarray(-END_OF_IMAGE.length))) return null;
  const segments = [...jpegSegments(bytes)];
  const frames = segments.filter(({ marker }) => marker === BASELINE);
  const scan = segments.at(-1);
  const isPlain =
    frames.length === 1 &&
    hasUsualColours(bytes, frames[0]!.at) &&
    scan?.marker === START_OF_SCAN &&
    bytes[scan.at + 4] === 3 &&
    segments.every(({ marker }) => PLAIN.includes(marker));
  return isPlain ? jpegSize(bytes) : null;
}

/** JFIF's three components of a frame, 1 to 3, each with its sampling: brightness as fine as the colours or up to twice. */
function hasUsualColours(bytes: Uint8Array, frame: number): boolean {
  const [count, ...components] = [9, 10, 11, 13, 14, 16, 17].map((offset) => bytes[frame + offset]!);
  return count === 3 && [0x11, 0x21, 0x22].some((finest) => components.join() === [1, finest, 2, 0x11, 3, 0x11].join());
}

const END_OF_IMAGE = Buffer.from('\xff\xd9', 'latin1');
const BASELINE = 0xc0;
const START_OF_SCAN = 0xda;
/** Besides these, JFIF's segment, tables of Huffman codes, of quantisation and of restart intervals, and comments. */
const PLAIN = [BASELINE, START_OF_SCAN, 0xe0, 0xc4, 0xdb, 0xdd, 0xfe];

/** The segments of a JPEG file up to that of its first scan, by their markers and where those are. */
function* jpegSegments(bytes: Uint8Array): Generator<{ readonly marker: number; readonly at: number }> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    yield { marker, at };
    if (marker === START_OF_SCAN) return;
    // A marker may be preceded by fill bytes.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

/** WebP (RFC 9649): a RIFF container whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended). */
function webpSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 30) return null;
  const text = (start: number) => Buffer.from(bytes.subarray(start, start + 4)).toString('latin1');
  if (text(0) !== 'RIFF' || text(8) !== 'WEBP') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const threeBytes = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  switch (text(12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, channels: 3 };
    case 'VP8L': {
      const sizes = view.getUint32(21, true);
      return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1, channels: 3 };
    }
    case 'VP8X':
      return { width: threeBytes(24) + 1, height: threeBytes(27) + 1, channels: 3 };
    default:
      return null;
  }
}
