import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { WorkProgress } from '../../contract/data.ts';
import { readNpy, type NumpyArray } from '../files/npy.ts';
import { readNpz } from '../files/npz.ts';
import { readBytes } from '../files/readBytes.ts';
import { splitTraining } from '../split.ts';
import type { FoundImage, FoundSet, ReadChoices } from './foundSet.ts';
import { refusal } from './refusal.ts';
import { nameFrom, splitSentence } from './splitOff.ts';

/** Names that arrays of images and labels go by. */
const TRAIN = [
  ['x_train', 'y_train'],
  ['train_images', 'train_labels'],
] as const;
const TEST = [
  ['x_test', 'y_test'],
  ['test_images', 'test_labels'],
  ['val_images', 'val_labels'],
] as const;
const ALL = [['images', 'labels']] as const;
const TURN = 2000;
const MAX_CLASSES = 100_000;

/** NPZ arrays, or an NPY array of images with its labels beside it (`labels.npy`, or the name with `labels` for `images`). */
export function arraySet(file: string, choices: ReadChoices): FoundSet {
  const bytes = readBytes(file);
  const arrays = isZip(bytes) ? readNpz(bytes, file) : besides(file, bytes);
  const pick = (names: readonly (readonly [string, string])[]) => {
    const found = names.find(([images, labels]) => arrays.has(images) && arrays.has(labels));
    return found && partOf(file, arrays.get(found[0])!, arrays.get(found[1])!, found);
  };
  const train = pick(TRAIN) ?? pick(ALL);
  if (train === undefined) {
    throw refusal(
      file,
      `has no images with labels; it has: ${[...arrays.keys()].slice(0, 10).join(', ') || 'nothing'}`,
      'Save it with numpy.savez(file, x_train=..., y_train=..., x_test=..., y_test=...), or images=..., labels=...',
    );
  }
  const test = pick(TEST);
  if (test && test.sizes.join() !== train.sizes.join()) {
    throw refusal(file, `has test images of ${test.sizes.join('x')} and training images of ${train.sizes.join('x')}`);
  }
  const classes = 1 + Math.max(largest(train.labels), test ? largest(test.labels) : 0);
  const [height, width, channels] = train.sizes;
  const ofTest = test ? null : testImages(train.labels, classes, choices);
  return {
    kind: 'arrays',
    name: nameFrom(file),
    title: basename(file),
    source: file,
    flipAllowed: true,
    storage: { kind: 'pixels', height, width, channels },
    async *images(report): AsyncGenerator<FoundImage> {
      yield* imagesOf(train, (index) => (ofTest?.has(index) === true ? 'test' : 'train'), report);
      if (test) yield* imagesOf(test, () => 'test', report);
    },
    facts: () => ({
      classNames: Array.from({ length: classes }, (_, label) => String(label)),
      split: test ? 'As the file has it' : splitSentence(choices),
      licence: '',
      notes: [],
    }),
  };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function besides(file: string, bytes: Uint8Array): Map<string, NumpyArray> {
  const folder = dirname(file);
  const candidates = [basename(file).replace(/images?|^x/i, 'labels'), 'labels.npy'];
  const labels = candidates.map((name) => join(folder, name)).find((path) => path !== file && existsSync(path));
  if (labels === undefined) {
    throw refusal(
      file,
      'has no labels beside it',
      `Save them as ${join(folder, 'labels.npy')}, or both in one NPZ file`,
    );
  }
  return new Map([
    ['images', readNpy(bytes, file)],
    ['labels', readNpy(readBytes(labels), labels)],
  ]);
}

interface ArrayPart {
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly sizes: readonly [number, number, number];
}

function partOf(file: string, images: NumpyArray, labels: NumpyArray, names: readonly [string, string]): ArrayPart {
  const place = `${file}:${names[0]}`;
  if (!(images.values instanceof Uint8Array)) {
    throw refusal(place, `is ${images.dtype}, not uint8`, 'Save pixels from 0 to 255: (images * 255).astype("uint8")');
  }
  const shape = images.shape.length === 3 ? [...images.shape, 1] : [...images.shape];
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4 || count === 0 || ![1, 3].includes(channels) || height < 8 || width < 8) {
    throw refusal(
      place,
      `is [${images.shape.join(', ')}], not [count, height, width] or [count, height, width, 1 or 3] of at least 8x8`,
      channels > 3 ? 'PyTorch has channels first: transpose to NHWC, images.transpose(0, 2, 3, 1)' : '',
    );
  }
  return {
    pixels: images.values,
    labels: labelsOf(`${file}:${names[1]}`, labels, count),
    sizes: [height, width, channels],
  };
}

function labelsOf(place: string, { shape, values, dtype }: NumpyArray, count: number): Int32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== count) throw refusal(place, `has ${size} labels for ${count} images`);
  if (values instanceof Float32Array || values instanceof Float64Array) {
    throw refusal(place, `is ${dtype}, not whole numbers`, 'Save labels.astype("int64")');
  }
  return Int32Array.from(values as ArrayLike<number | bigint>, (value) => {
    const label = Number(value);
    if (label >= 0 && label < MAX_CLASSES) return label;
    throw refusal(place, `has the label ${label}`, 'Labels count up from 0');
  });
}

function testImages(labels: Int32Array, classes: number, { testShare, splitSeed }: ReadChoices): ReadonlySet<number> {
  const count = Math.max(1, Math.round(testShare * labels.length));
  return new Set(splitTraining(labels, classes, count, splitSeed).validation);
}

function largest(labels: Int32Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}

async function* imagesOf(
  { pixels, labels, sizes }: ArrayPart,
  partAt: (index: number) => FoundImage['part'],
  report: (progress: WorkProgress) => void,
): AsyncGenerator<FoundImage> {
  const size = sizes[0] * sizes[1] * sizes[2];
  for (const [index, label] of labels.entries()) {
    if (index % TURN === 0) {
      report({ stage: 'Reading images', done: index, total: labels.length });
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield { part: partAt(index), label, bytes: pixels.subarray(index * size, (index + 1) * size) };
  }
}
