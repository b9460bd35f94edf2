import sharp from 'sharp';
import { UserError } from '../contract/errors.ts';
import { checkPicture, MAX_PIXELS } from './files/imageHeader.ts';

/** An image as bytes, [height, width, channels] row-major. */
export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

// Whatever else libvips can read is none of ours: each loader less is a way in less.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
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
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten()
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { height: info.height, width: info.width, channels: info.channels, pixels: data };
  } catch (error) {
    const cause = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new UserError({ code: 'bad-input', message: `The picture ${file} cannot be decoded: ${cause}`, where: file });
  }
}
