import { isMainThread } from 'node:worker_threads';
import sharp, { type Sharp } from 'sharp';
import { UserError } from '../contract/errors.ts';
import { checkPicture, MAX_PIXELS } from './files/imageHeader.ts';
import type { Crop } from './pipeline/pictureCrops.ts';

/** An image as bytes, [height, width, channels] row-major. */
export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

// Whatever else libvips can read is none of ours: each loader less is a way in less. The list is the whole process's: a thread
// that is started later must not empty it for a moment.
if (isMainThread) {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
}
// Workers decode side by side, each on its own core.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes a JPEG, PNG or WebP picture in its upright position; transparent pixels come before black. Throws a `UserError`
 * that names the file where it is none, is damaged, or claims more pixels than are decoded.
 */
export async function decodePicture(bytes: Uint8Array, file: string, channels: 1 | 3): Promise<DecodedPicture> {
  checkPicture(bytes, file);
  try {
    const { data, info } = await raw(upright(bytes), channels);
    return { height: info.height, width: info.width, channels: info.channels, pixels: data };
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
 * Decodes the part of a picture that `crop` says and resizes it with a linear filter that is as wide as the step between samples,
 * as Pillow's; gives pixels [height, width, channels]. Throws as `decodePicture`.
 */
export async function cropPicture(
  bytes: Uint8Array,
  file: string,
  { height, width, channels, crop }: PictureCrop,
): Promise<Uint8Array> {
  checkPicture(bytes, file);
  try {
    const { autoOrient } = await sharp(bytes, LIMITS).metadata();
    const { mirrored, ...part } = crop(autoOrient.height, autoOrient.width);
    const resized = upright(bytes).extract(part).resize(width, height, { fit: 'fill', kernel: 'linear' });
    const { data } = await raw(mirrored ? resized.flop() : resized, channels === 1 ? 1 : 3);
    return data;
  } catch (error) {
    throw undecodable(file, error);
  }
}

const LIMITS = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;

function upright(bytes: Uint8Array): Sharp {
  return sharp(bytes, LIMITS).autoOrient();
}

function raw(picture: Sharp, channels: 1 | 3) {
  const colours = picture.flatten().toColourspace(channels === 1 ? 'b-w' : 'srgb');
  return colours.raw().toBuffer({ resolveWithObject: true });
}

function undecodable(file: string, error: unknown): UserError {
  const cause = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return new UserError({ code: 'bad-input', message: `The picture ${file} cannot be decoded: ${cause}`, where: file });
}
