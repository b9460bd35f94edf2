import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sharp } from 'sharp';
import { UserError } from '../contract/errors.ts';
import { loadDecoders } from './decoders.ts';
import { checkPicture, MAX_PIXELS, plainJpegSize, type PictureSize } from './files/imageHeader.ts';
import type { Crop, Rectangle } from './pipeline/pictureCrops.ts';
import { resizeInto, type ResizeSource } from './resize/resize.ts';

/** An image as bytes, [height, width, channels] row-major. */
export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/**
 * Decodes a JPEG, PNG or WebP picture in its upright position; transparent pixels come before black. Throws a `UserError`
 * that names the file where it is none, is damaged, or claims more pixels than are decoded.
 */
export async function decodePicture(bytes: Uint8Array, file: string, channels: 1 | 3): Promise<DecodedPicture> {
  checkPicture(bytes, file);
  try {
    const plain = plainSize(bytes, channels) && (await decodePlainJpeg(bytes));
    return plain ?? (await decodeAny(upright(bytes), channels));
  } catch (error) {
    throw undecodable(file, error);
  }
}

/** A part of a picture at the size that a network takes. */
export interface PictureCrop {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly crop: Crop;
}

/**
 * Decodes the part of a picture that `crop` says and resizes it into `target`, [height, width, channels], as `resizeInto` does.
 * Throws as `decodePicture`.
 */
export async function cropPicture(
  bytes: Uint8Array,
  file: string,
  { height, width, channels, crop }: PictureCrop,
  target: Uint8Array,
): Promise<void> {
  checkPicture(bytes, file);
  const colours = channels === 1 ? 1 : 3;
  try {
    const plain = plainSize(bytes, colours);
    const size = plain ?? (await loadDecoders().sharp(bytes, LIMITS).metadata()).autoOrient;
    const { mirrored, ...part } = crop(size.height, size.width);
    const whole = plain && (await decodePlainJpeg(bytes));
    const picture = whole ? partOf(whole, part) : await decodeAny(upright(bytes).extract(part), colours);
    resizeInto(target, picture, { part: { ...part, left: 0, top: 0 }, height, width, mirrored });
    if (whole) freePixels(whole);
  } catch (error) {
    throw undecodable(file, error);
  }
}

/** Null where image-rs does not decode it to that many channels as sharp would. */
function plainSize(bytes: Uint8Array, channels: 1 | 3): PictureSize | null {
  return channels === 3 ? plainJpegSize(bytes) : null;
}

/** A plain JPEG, on this thread; null where it is damaged after all: sharp decides what of it can be seen. */
async function decodePlainJpeg(bytes: Uint8Array): Promise<DecodedPicture | null> {
  const { ImageTransformer } = loadDecoders().imageRs;
  // Native memory is given back in turns of the event loop only, and pictures decoded one after another leave it none.
  await nextTurn();
  try {
    const { buffer, height, width } = ImageTransformer.fromEncodedImage(bytes).toBufferSync('rgb');
    return { height, width, channels: 3, pixels: buffer };
  } catch {
    return null;
  }
}

/** At once, not when the collector comes by: the next picture is then decoded into memory that the core's cache still holds. */
function freePixels({ pixels }: DecodedPicture): void {
  const { buffer } = pixels;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === pixels.byteLength) buffer.transfer(0);
}

function partOf(picture: DecodedPicture, { left, top, width, height }: Rectangle): ResizeSource {
  const { channels, pixels } = picture;
  const stride = picture.width * channels;
  return { height, width, channels, stride, pixels: pixels.subarray(top * stride + left * channels) };
}

const LIMITS = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;

function upright(bytes: Uint8Array): Sharp {
  return loadDecoders().sharp(bytes, LIMITS).autoOrient();
}

async function decodeAny(picture: Sharp, channels: 1 | 3): Promise<DecodedPicture> {
  const colours = picture.flatten().toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await colours.raw().toBuffer({ resolveWithObject: true });
  return { height: info.height, width: info.width, channels: info.channels, pixels: data };
}

function undecodable(file: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const cause = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return new UserError({ code: 'bad-input', message: `The picture ${file} cannot be decoded: ${cause}`, where: file });
}
