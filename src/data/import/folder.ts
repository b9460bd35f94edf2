import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WorkProgress } from '../../contract/data.ts';
import { readPicture } from '../imageSets.ts';
import { splitTraining } from '../split.ts';
import type { FoundImage, FoundSet, ReadChoices } from './foundSet.ts';
import { createSizes, createSkips, lookAtFile, pixelsOf, storageOf } from './pictures.ts';
import { refusal } from './refusal.ts';
import { nameFrom, splitSentence } from './splitOff.ts';

/** Names of the folder with test images, in the order in which they are looked for. */
const TEST_FOLDERS = ['val', 'test', 'validation', 'valid'];
const MAX_DEPTH = 16;
const TURN = 500;

interface Entry {
  /** Below the root. */
  readonly path: string;
  readonly label: number;
  readonly part: FoundImage['part'];
}

/** Whether a folder holds a folder of pictures for each class, as ImageNet does. */
export function isPictureFolder(folder: string): boolean {
  return foldersIn(folder).length >= 2 || foldersIn(join(folder, 'train')).length >= 2;
}

/**
 * Pictures (JPEG, PNG, WebP by their content) in a folder for each class, in any depth below it, in order of their names; classes
 * in `train` and `val`, or directly, split by seed then. Links, devices and what is no picture are left out and counted.
 */
export async function folderSet(
  root: string,
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  const hasTrain = foldersIn(join(root, 'train')).length >= 2;
  const testFolder = hasTrain ? TEST_FOLDERS.find((name) => foldersIn(join(root, name)).length > 0) : undefined;
  const trainFolder = hasTrain ? 'train' : '';
  const classNames = foldersIn(join(root, trainFolder));
  if (testFolder !== undefined) requireKnown(root, testFolder, classNames);

  const foreign = createSkips();
  const broken = createSkips();
  const sizes = createSizes();
  const walked = [
    ...classNames.flatMap((name, label) => walk(root, join(trainFolder, name), label, 'train', foreign)),
    ...(testFolder === undefined
      ? []
      : classNames.flatMap((name, label) => walk(root, join(testFolder, name), label, 'test', foreign))),
  ];
  const whole: Entry[] = [];
  for (const [index, entry] of walked.entries()) {
    if (index % TURN === 0) {
      report({ stage: 'Looking at pictures', done: index, total: walked.length });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const size = await lookAtFile(join(root, entry.path));
    if (size === null) broken.add(entry.path);
    else {
      sizes.add(size);
      whole.push(entry);
    }
  }
  const entries = testFolder === undefined ? splitOff(whole, classNames.length, choices) : whole;
  const storage = storageOf(sizes, choices.size, root, (entry) =>
    readPicture(join(root, Buffer.from(entry).toString())),
  );

  async function* images(): AsyncGenerator<FoundImage> {
    for (const [index, { path, label, part }] of entries.entries()) {
      if (index % TURN === 0) {
        report({ stage: 'Reading pictures', done: index, total: entries.length });
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (storage.kind === 'pictures') {
        yield { part, label, bytes: Buffer.from(path) };
        continue;
      }
      const file = join(root, path);
      const pixels = await pixelsOf(readPicture(file), file, storage);
      if (pixels === null) broken.add(path);
      else yield { part, label, bytes: pixels };
    }
  }
  return {
    kind: 'folder',
    name: nameFrom(root),
    title: basename(root),
    source: root,
    flipAllowed: true,
    storage,
    images,
    facts: () => ({
      classNames,
      split: testFolder === undefined ? splitSentence(choices) : `By its folders: train and ${testFolder}`,
      licence: '',
      notes: [
        ...broken.note('files are no whole pictures and were left out'),
        ...foreign.note('links or devices were left out'),
      ],
    }),
  };
}

/** Names of the folders directly in a folder, sorted by code unit; none where it is not there. Links are no folders. */
function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort(byCodeUnit);
  } catch {
    return [];
  }
}

function walk(
  root: string,
  folder: string,
  label: number,
  part: FoundImage['part'],
  foreign: ReturnType<typeof createSkips>,
  depth = 0,
): Entry[] {
  if (depth > MAX_DEPTH) throw refusal(join(root, folder), `lies more than ${MAX_DEPTH} folders deep`);
  let found;
  try {
    found = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    // A class may have no test images.
    if (part === 'test' && depth === 0) return [];
    throw refusal(join(root, folder), `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return found
    .sort((one, other) => byCodeUnit(one.name, other.name))
    .flatMap((entry): Entry[] => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return walk(root, path, label, part, foreign, depth + 1);
      if (entry.isFile()) return [{ path, label, part }];
      foreign.add(path);
      return [];
    });
}

/** The same on every machine, whatever its language. */
function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function requireKnown(root: string, testFolder: string, classNames: readonly string[]): void {
  const unknown = foldersIn(join(root, testFolder)).find((name) => !classNames.includes(name));
  if (unknown === undefined) return;
  throw refusal(join(root, testFolder, unknown), 'is a class that has no training images');
}

function splitOff(entries: readonly Entry[], classes: number, { testShare, splitSeed }: ReadChoices): Entry[] {
  const labels = Int32Array.from(entries, ({ label }) => label);
  const count = Math.max(1, Math.round(testShare * entries.length));
  const test = new Set(splitTraining(labels, classes, count, splitSeed).validation);
  return entries.map((entry, index) => ({ ...entry, part: test.has(index) ? 'test' : 'train' }));
}
