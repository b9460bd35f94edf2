import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { DataReference, DataSetInfo } from '../../../src/contract/data.ts';
import { digits } from '../../../src/data/digits.ts';
import { createPictureWriter, createPixelWriter } from '../../../src/data/partWriter.ts';

/** Of the sets that are written here. */
export const PIXEL_SIDE = 32;
export const PICTURE_SIDE = 224;
const CLASSES = 10;
const [HEIGHT, WIDTH] = [375, 500];

/** Where a set's folder says what is in it, for the processes that read it. */
export const REFERENCE_FILE = 'reference.json';

/** Noise of CIFAR's size: what is in the pixels does not change the work. */
export function writePixelSet(folder: string, count: number): DataReference {
  const noise = noiseOf(1000 * PIXEL_SIDE * PIXEL_SIDE * 3);
  const size = PIXEL_SIDE * PIXEL_SIDE * 3;
  const write = (name: string, images: number) => {
    const writer = createPixelWriter(join(folder, `${name}.safetensors`), [PIXEL_SIDE, PIXEL_SIDE, 3]);
    for (let image = 0; image < images; image += 1) {
      const start = (image % 1000) * size;
      writer.add(noise.subarray(start, start + size), image % CLASSES);
    }
    return writer.finish();
  };
  return describe(folder, 'pixels', PIXEL_SIDE, count, [write('train', count), write('test', 1)]);
}

/** JPEGs of 500x375 at quality 90, a folder for each class: gradients under noise, about 100 kB each as ImageNet's are. */
export async function writePictureSet(folder: string, count: number): Promise<DataReference> {
  const root = join(folder, 'pictures');
  for (let label = 0; label < CLASSES; label += 1) mkdirSync(join(root, String(label)), { recursive: true });
  const noise = noiseOf(2 * HEIGHT * WIDTH * 3);
  const paths: string[] = [];
  for (let picture = 0; picture < count; picture += 1) {
    const path = join(String(picture % CLASSES), `${picture}.jpg`);
    const raw = sharp(gradient(picture, noise), { raw: { height: HEIGHT, width: WIDTH, channels: 3 } });
    writeFileSync(join(root, path), await raw.jpeg({ quality: 90 }).toBuffer());
    paths.push(path);
  }
  const write = (name: string, images: readonly string[]) => {
    const writer = createPictureWriter(join(folder, `${name}.safetensors`), { holds: 'paths', root });
    for (const [image, path] of images.entries()) writer.add(Buffer.from(path), image % CLASSES);
    return writer.finish();
  };
  return describe(folder, 'pictures', PICTURE_SIDE, count, [write('train', paths), write('test', paths.slice(0, 1))]);
}

function gradient(picture: number, noise: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(HEIGHT * WIDTH * 3);
  const start = (picture * 7919) % (HEIGHT * WIDTH * 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const [row, column] = [Math.floor(at / (WIDTH * 3)), Math.floor(at / 3) % WIDTH];
    pixels[at] = 20 + (row / HEIGHT) * 80 + (column / WIDTH) * 80 + (noise[start + at]! >> 2);
  }
  return pixels;
}

/** Bytes of a linear congruential generator, always the same. */
function noiseOf(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function describe(
  folder: string,
  storage: DataSetInfo['storage'],
  side: number,
  trainImages: number,
  files: DataReference['files'],
): DataReference {
  const input = { height: side, width: side, channels: 3, classes: CLASSES };
  const info = {
    ...digits,
    name: storage,
    kind: 'arrays',
    storage,
    input,
    trainImages,
    maxPixel: 255,
    flipAllowed: true,
  } as const;
  const reference = { info, folder, files };
  writeFileSync(join(folder, REFERENCE_FILE), JSON.stringify(reference));
  return reference;
}
