import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { WorkProgress } from '../../contract/data.ts';
import { publishedDataSets } from '../published.ts';
import { checksumOf } from './checksums.ts';
import type { FoundImage, FoundSet } from './foundSet.ts';
import { refusal } from './refusal.ts';
import { readRegularFile, requireRegularFile } from './regularFile.ts';

/** MNIST's own names; each may end in .gz, and have a point for the last hyphen. */
const FILES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;
type Part = keyof typeof FILES;

const UNSIGNED_BYTE = 8;
/** Of one file, unpacked: a million images of 28x28. */
const MOST_BYTES = 800_000_000;
const CLASSES = 10;
const SMALLEST = 8;
const TURN = 2000;

const FASHION = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
const DIGITS = Array.from({ length: CLASSES }, (_, digit) => String(digit));

/** The four files in a folder; null where not all are there. */
export function idxFiles(folder: string): Readonly<Record<Part, string>> | null {
  const found = Object.entries(FILES).map(([part, name]) => {
    const names = [name, name.replace(/-(idx\d)/, '.$1')].flatMap((each) => [each, `${each}.gz`]);
    return [part, names.map((each) => join(folder, each)).find((file) => existsSync(file))] as const;
  });
  if (found.some(([, file]) => file === undefined)) return null;
  return Object.fromEntries(found) as Record<Part, string>;
}

/** Whether a file is named as one of the four is. */
export function isIdxName(file: string): boolean {
  return /^(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\.gz)?$/.test(basename(file));
}

/** MNIST and Fashion-MNIST (LeCun et al.: "THE IDX FILE FORMAT"), told apart by their checksums, else by the folder's name. */
export async function idxSet(path: string, files: Readonly<Record<Part, string>>): Promise<FoundSet> {
  for (const file of Object.values(files)) requireRegularFile(file, MOST_BYTES);
  const name = await nameOf(files);
  const isFashion = name === 'fashion-mnist';
  const folder = dirname(files.trainImages);
  const parts = {
    train: readPart(files.trainImages, files.trainLabels),
    test: readPart(files.testImages, files.testLabels),
  };
  const { height, width } = parts.train;
  if (height < SMALLEST || width < SMALLEST) {
    throw refusal(files.trainImages, `has images of ${height}x${width}; they are at least ${SMALLEST}x${SMALLEST}`);
  }
  if (parts.test.height !== height || parts.test.width !== width) {
    throw refusal(files.testImages, `has images of another size than ${files.trainImages}`);
  }
  const isPublished = await matches(files, name);
  return {
    kind: 'idx',
    name,
    title: isFashion ? 'Fashion-MNIST' : 'MNIST',
    source: path,
    // A mirrored digit is another one; a mirrored shoe is a shoe.
    flipAllowed: isFashion,
    storage: { kind: 'pixels', height, width, channels: 1 },
    images: (report) => imagesOf(parts, report),
    facts: () => ({
      classNames: isFashion ? FASHION : DIGITS,
      split: 'By its files, as the authors divided the images',
      licence: isFashion ? 'MIT' : '',
      notes: [isPublished ? 'The published files, by their MD5' : `Not the published files, by their MD5 (${folder})`],
    }),
  };
}

async function nameOf(files: Readonly<Record<Part, string>>): Promise<'mnist' | 'fashion-mnist'> {
  if (await matches(files, 'fashion-mnist')) return 'fashion-mnist';
  return /fashion/i.test(basename(dirname(files.trainImages))) ? 'fashion-mnist' : 'mnist';
}

/** Published are the packed files. */
async function matches(files: Readonly<Record<Part, string>>, name: 'mnist' | 'fashion-mnist'): Promise<boolean> {
  const known = publishedDataSets[name].files.map(({ checksum }) => checksum.hex);
  for (const file of Object.values(files)) if (!known.includes(await checksumOf(file, 'md5'))) return false;
  return true;
}

interface ReadPart {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

function readPart(imageFile: string, labelFile: string): ReadPart {
  const images = readIdx(imageFile, 3);
  const labels = readIdx(labelFile, 1);
  const [count = 0, height = 0, width = 0] = images.sizes;
  if (labels.sizes[0] !== count) {
    throw refusal(labelFile, `has ${labels.sizes[0] ?? 0} labels for the ${count} images of ${imageFile}`);
  }
  const wrong = labels.values.findIndex((label) => label >= CLASSES);
  if (wrong >= 0)
    throw refusal(labelFile, `has the label ${labels.values[wrong]!} for image ${wrong}; its classes are 0 to 9`);
  return { count, height, width, pixels: images.values, labels: labels.values };
}

/** An array of unsigned bytes: two zero bytes, the type, the number of dimensions, their sizes (big-endian), the values. */
function readIdx(file: string, dimensions: number): { sizes: number[]; values: Uint8Array } {
  const bytes = unpacked(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start || view.getUint16(0) !== 0) throw refusal(file, 'is no IDX file');
  if (bytes[2] !== UNSIGNED_BYTE || bytes[3] !== dimensions) {
    throw refusal(file, `has type ${bytes[2]!} and ${bytes[3]!} dimensions, not unsigned bytes in ${dimensions}`);
  }
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const needed = sizes.reduce((product, size) => product * size, 1);
  if (needed === 0 || bytes.length - start !== needed) {
    throw refusal(file, `claims ${needed} bytes of data (${sizes.join('x')}) and has ${bytes.length - start}`);
  }
  return { sizes, values: bytes.subarray(start) };
}

function unpacked(file: string): Uint8Array {
  const bytes = readRegularFile(file, MOST_BYTES);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw refusal(file, `is damaged: ${error instanceof Error ? error.message : String(error)}`, 'Download it again');
  }
}

async function* imagesOf(
  parts: Readonly<Record<'train' | 'test', ReadPart>>,
  report: (progress: WorkProgress) => void,
): AsyncGenerator<FoundImage> {
  for (const [part, { count, height, width, pixels, labels }] of Object.entries(parts)) {
    const size = height * width;
    for (let index = 0; index < count; index += 1) {
      if (index % TURN === 0) {
        report({ stage: `Reading ${part === 'train' ? 'training' : 'test'} images`, done: index, total: count });
        await new Promise((resolve) => setImmediate(resolve));
      }
      yield {
        part: part as FoundImage['part'],
        label: labels[index]!,
        bytes: pixels.subarray(index * size, (index + 1) * size),
      };
    }
  }
}
