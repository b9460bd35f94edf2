import type { Sharp } from 'sharp';
import { UserError } from '../contract/errors.ts';
import { checkPicture, MAX_PIXELS, plainJpegSize } from './files/imageHeader.ts';
import type { Crop } from './pipeline/pictureCrops.ts';
import { resizeInto } from './resize/resize.ts';
import { loadSharp } from './sharp.ts';

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
  try {
    const size = plainJpegSize(bytes) ?? (await loadSharp()(bytes, LIMITS).metadata()).autoOrient;
    const { mirrored, ...part } = crop(size.height, size.width);
    const { data, info } = await raw(upright(bytes).extract(part), channels === 1 ? 1 : 3);
    const picture = { height: info.height, width: info.width, channels: info.channels, pixels: data };
    resizeInto(target, picture, { part: { ...part, left: 0, top: 0 }, height, width, mirrored });
  } catch (error) {
    throw undecodable(file, error);
  }
}

const LIMITS = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;

function upright(bytes: Uint8Array): Sharp {
  return loadSharp()(bytes, LIMITS).autoOrient();
}

function raw(picture: Sharp, channels: 1 | 3) {
  const colours = picture.flatten().toColourspace(channels === 1 ? 'b-w' : 'srgb');
  return colours.raw().toBuffer({ resolveWithObject: true });
}

function undecodable(file: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const cause = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return new UserError({ code: 'bad-input', message: `The picture ${file} cannot be decoded: ${cause}`, where: file });
}
