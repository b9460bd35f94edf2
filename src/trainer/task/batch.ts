import { UserError } from '../../contract/errors.ts';
import type { NumpyArray } from '../../data/files/npy.ts';
import { readNpz } from '../../data/files/npz.ts';
import { readBytes } from '../../data/files/readBytes.ts';

/** Labelled images, normalised already. */
export interface FloatBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [count, height, width, channels] */
  readonly images: Float32Array;
  /** [count] */
  readonly labels: Int32Array;
}

/** TensorFlow's kernels count elements of an image batch in 32 bits. */
const MAX_ELEMENTS = 2 ** 31 - 1;

/**
 * Reads `images` (float32 [count, height, width, channels]) and `labels` (int64 [count]) from an NPZ file. Throws a
 * `UserError` that says what the file has instead.
 */
export function readBatch(file: string): FloatBatch {
  const arrays = readNpz(readBytes(file), file);
  const refuse = (message: string, hint = '') =>
    new UserError({ code: 'bad-input', message: `${file}: ${message}`, where: file, hint });
  const array = (name: string): NumpyArray => {
    const found = arrays.get(name);
    if (found) return found;
    const there = arrays.size === 0 ? 'none' : [...arrays.keys()].slice(0, 10).join(', ');
    throw refuse(
      `There is no array "${name}"`,
      `It has: ${there}. Save it with numpy.savez(file, images=..., labels=...)`,
    );
  };
  const [images, labels] = [array('images'), array('labels')];
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  if (images.shape.length !== 4 || images.values.length === 0 || images.values.length > MAX_ELEMENTS)
    throw refuse(
      `"images" is ${shapeText(images)}, not [count, height, width, channels]`,
      'PyTorch has channels first: transpose to NHWC, images.permute(0, 2, 3, 1)',
    );
  if (!(images.values instanceof Float32Array))
    throw refuse(`"images" is ${images.dtype}, not float32`, 'Save normalised images, images.astype("float32")');
  if (labels.shape.length !== 1 || labels.shape[0] !== count)
    throw refuse(`"labels" is ${shapeText(labels)}, not [${count}], one for each image`);
  return { count, height, width, channels, images: images.values, labels: wholeNumbers(labels, refuse) };
}

/** Throws where a label is no class of the network. */
export function checkLabels({ labels }: Pick<FloatBatch, 'labels'>, classes: number, file: string): void {
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong < 0) return;
  throw new UserError({
    code: 'bad-input',
    message: `${file}: label ${wrong} is ${labels[wrong]}, the network's classes are 0 to ${classes - 1}`,
    where: file,
    hint: 'Say how many classes there are with --classes',
  });
}

function wholeNumbers({ values, dtype }: NumpyArray, refuse: (message: string, hint: string) => UserError): Int32Array {
  if (values instanceof BigInt64Array) return Int32Array.from(values, (label) => clamped(label));
  if (values instanceof Int32Array || values instanceof Uint8Array) return Int32Array.from(values);
  throw refuse(`"labels" is ${dtype}, not int64`, 'Save whole numbers, labels.astype("int64")');
}

function shapeText({ shape }: NumpyArray): string {
  return `[${shape.join(', ')}]`;
}

/** A label beyond 32 bits is no class: -1 is none either. */
function clamped(label: bigint): number {
  return BigInt.asIntN(32, label) === label ? Number(label) : -1;
}
