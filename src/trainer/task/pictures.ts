import { UserError } from '../../contract/errors.ts';
import type { ImageSize } from '../../contract/task.ts';
import { decodePicture } from '../../data/decodePicture.ts';
import { readNpy, type NumpyArray } from '../../data/files/npy.ts';
import { readNpz } from '../../data/files/npz.ts';
import { readBytes } from '../../data/files/readBytes.ts';
import { cropAndResize } from '../../data/resize/resize.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import { normalisePixels } from './classifier.ts';

/** Images of one file, ready for the network. */
export interface ReadyImages {
  readonly file: string;
  readonly count: number;
  /** Normalised, [count, height, width, channels]. */
  readonly images: Float32Array;
}

/** How the pixels of pictures become those that the network was trained on. */
export interface PictureScale extends PixelScale {
  /** What white is in the training data: 255, or 16 for digits. */
  readonly maxPixel: number;
}

/** Reads pictures (PNG, JPEG, WebP) and arrays (NPY, or NPZ with `images`) for a network. */
export function openPictures(size: ImageSize, scale: PictureScale | null) {
  async function picture(file: string, bytes: Uint8Array): Promise<ReadyImages> {
    if (scale === null) throw unscaled(file);
    const { height, width, channels } = size;
    const decoded = await decodePicture(bytes, file, channels === 1 ? 1 : 3);
    const { pixels } = cropAndResize(decoded, height, width);
    const own = Float32Array.from(pixels, (value) => (value * scale.maxPixel) / 255);
    return { file, count: 1, images: normalisePixels(own, scale) };
  }

  function array(file: string, { shape, values, dtype }: NumpyArray): ReadyImages {
    const sizes = [size.height, size.width, size.channels];
    const own = shape.length === 3 ? [1, ...shape] : shape;
    if (own.length !== 4 || own[0] === 0 || own.slice(1).join() !== sizes.join())
      throw refusal(file, `Its images are [${shape.join(', ')}], not [count, ${sizes.join(', ')}]`);
    const count = own[0]!;
    if (values instanceof Float32Array) return { file, count, images: values };
    if (!(values instanceof Uint8Array))
      throw refusal(file, `Its images are ${dtype}`, 'Images are float32 (normalised) or uint8 (pixels)');
    if (scale === null) throw unscaled(file);
    return { file, count, images: normalisePixels(values, scale) };
  }

  return {
    async read(file: string): Promise<ReadyImages> {
      const bytes = readBytes(file);
      if (/\.npy$/i.test(file)) return array(file, readNpy(bytes, file));
      if (!/\.npz$/i.test(file)) return picture(file, bytes);
      const arrays = readNpz(bytes, file);
      const images = arrays.get('images');
      if (images) return array(file, images);
      throw refusal(file, 'There is no array "images"', `It has: ${[...arrays.keys()].slice(0, 10).join(', ')}`);
    },
  };
}

function refusal(file: string, message: string, hint = ''): UserError {
  return new UserError({ code: 'bad-input', message: `${file}: ${message}`, where: file, hint });
}

function unscaled(file: string): UserError {
  return refusal(
    file,
    'Nothing says how its pixels are scaled for the network',
    'Name the data that the weights were trained on with --data, or give normalised images as float32',
  );
}
