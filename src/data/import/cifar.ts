import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkProgress } from '../../contract/data.ts';
import { readArchive, type Member } from './archive.ts';
import { publishedNote } from './checksums.ts';
import type { FoundImage, FoundSet } from './foundSet.ts';
import { refusal } from './refusal.ts';
import { readRegularFile } from './regularFile.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const IMAGE_BYTES = 3 * PLANE;

/** CIFAR's binary version (Krizhevsky 2009; the layout is described on its page, cifar.html). */
export interface CifarVersion {
  readonly name: 'cifar10' | 'cifar100';
  readonly title: string;
  readonly classes: number;
  /** Bytes before the pixels: the label, or a coarse label and then the label. */
  readonly labelBytes: number;
  readonly train: readonly string[];
  readonly test: string;
  /** A class name a line. */
  readonly names: string;
}

export const CIFAR_BINARY: readonly CifarVersion[] = [
  {
    name: 'cifar10',
    title: 'CIFAR-10',
    classes: 10,
    labelBytes: 1,
    train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
    test: 'test_batch.bin',
    names: 'batches.meta.txt',
  },
  {
    name: 'cifar100',
    title: 'CIFAR-100',
    classes: 100,
    labelBytes: 2,
    train: ['train.bin'],
    test: 'test.bin',
    names: 'fine_label_names.txt',
  },
];

/** Of one file: CIFAR-100's training images. */
const MOST_BYTES = 50_000 * (IMAGE_BYTES + 2);
const MOST_NAME_BYTES = 10_000;
const TURN = 1000;

/** Reads the archive as it was published, or a folder with its files. */
export function cifarSet(path: string, version: CifarVersion, isFolder: boolean): FoundSet {
  const wanted = [...version.train, version.test];
  let classNames: string[] = [];
  let note = '';

  async function* images(report: (progress: WorkProgress) => void): AsyncGenerator<FoundImage> {
    note = isFolder ? '' : await publishedNote(path, version.name);
    const found = new Map<string, Uint8Array>();
    for await (const { name, bytes } of isFolder ? folderMembers(path, version) : archiveMembers(path, version)) {
      report({ stage: 'Reading the archive', done: found.size, total: wanted.length + 1 });
      found.set(name, bytes);
    }
    const missing = [...wanted, version.names].find((name) => !found.has(name));
    if (missing !== undefined)
      throw refusal(path, `has no ${missing}`, `Download the binary version of ${version.title} again`);
    classNames = readNames(found.get(version.names)!, version, path);
    // In the order of the batches, whatever that of the archive: the same image has the same place in each version.
    for (const name of wanted) {
      const part = name === version.test ? 'test' : 'train';
      yield* recordsOf(found.get(name)!, version, `${path}:${name}`, part, report);
    }
  }
  return {
    kind: 'cifar',
    name: version.name,
    title: version.title,
    source: path,
    flipAllowed: true,
    storage: { kind: 'pixels', height: SIDE, width: SIDE, channels: 3 },
    images,
    facts: () => ({
      classNames,
      split: 'By its files, as the authors divided the images',
      licence: '',
      notes: note === '' ? [] : [note],
    }),
  };
}

function archiveMembers(file: string, version: CifarVersion): AsyncGenerator<Member> {
  return readArchive(
    file,
    new Map([
      ...[...version.train, version.test].map((name) => [name, MOST_BYTES] as const),
      [version.names, MOST_NAME_BYTES] as const,
    ]),
  );
}

function* folderMembers(folder: string, version: CifarVersion): Generator<Member> {
  const present = new Set(readdirSync(folder));
  for (const name of [version.names, ...version.train, version.test]) {
    if (!present.has(name)) continue;
    yield { name, bytes: readRegularFile(join(folder, name), MOST_BYTES) };
  }
}

/** Records of labels and then 1,024 red, 1,024 green and 1,024 blue bytes, each row by row. */
async function* recordsOf(
  bytes: Uint8Array,
  { classes, labelBytes }: CifarVersion,
  place: string,
  part: FoundImage['part'],
  report: (progress: WorkProgress) => void,
): AsyncGenerator<FoundImage> {
  const recordBytes = labelBytes + IMAGE_BYTES;
  if (bytes.length === 0 || bytes.length % recordBytes !== 0) {
    throw refusal(place, `has ${bytes.length} bytes, no whole number of records of ${recordBytes}`);
  }
  const count = bytes.length / recordBytes;
  for (let record = 0; record < count; record += 1) {
    if (record % TURN === 0) {
      report({ stage: `Reading ${place.split(':').at(-1)!}`, done: record, total: count });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const start = record * recordBytes;
    const label = bytes[start + labelBytes - 1]!;
    if (label >= classes) {
      throw refusal(
        place,
        `has the label ${label} at byte ${start + labelBytes - 1}; its classes are 0 to ${classes - 1}`,
      );
    }
    yield { part, label, bytes: interleave(bytes.subarray(start + labelBytes, start + recordBytes)) };
  }
}

/** [3, 32, 32] -> [32, 32, 3] */
export function interleave(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(IMAGE_BYTES);
  for (let pixel = 0; pixel < PLANE; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) pixels[3 * pixel + channel] = planes[channel * PLANE + pixel]!;
  }
  return pixels;
}

function readNames(bytes: Uint8Array, { classes, names }: CifarVersion, path: string): string[] {
  const lines = Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length !== classes) throw refusal(`${path}:${names}`, `names ${lines.length} classes, not ${classes}`);
  return lines;
}
