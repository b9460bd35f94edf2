import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { WorkProgress } from '../../contract/data.ts';
import { MAX_PICTURE_BYTES } from '../imageSets.ts';
import { splitTraining } from '../split.ts';
import type { FoundImage, FoundSet, ReadChoices } from './foundSet.ts';
import { openParquet, type ParquetFile } from './parquetFile.ts';
import { createSizes, createSkips, lookAtBytes, pixelsOf, storageOf } from './pictures.ts';
import { refusal } from './refusal.ts';
import { nameFrom, splitSentence } from './splitOff.ts';

const IMAGE_COLUMNS = ['image', 'img'];
const LABEL_COLUMNS = ['label', 'fine_label', 'labels'];
/** Names that the files with test images begin with, in the order in which they are looked for, as with folders. */
const TEST_NAMES = ['validation', 'valid', 'val', 'test'];
const MAX_CLASSES = 100_000;

/** Of Hugging Face's notes in a file's footer: the names of the label's classes. */
const Notes = v.object({
  info: v.object({ features: v.record(v.string(), v.object({ names: v.optional(v.array(v.string())) })) }),
});

interface Shard {
  readonly file: string;
  /** What its name begins with where it is one of the names of test images, else `train`. */
  readonly portion: string;
  readonly parquet: ParquetFile;
}

/** The Parquet files in a folder, or in its folder `data`, where Hugging Face keeps them, sorted by name. */
export function parquetFiles(folder: string): string[] {
  const filesIn = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
      .map(({ name }) => join(path, name))
      .sort();
  const own = filesIn(folder);
  const data = join(folder, 'data');
  return own.length > 0 || statSync(data, { throwIfNoEntry: false })?.isDirectory() !== true ? own : filesIn(data);
}

/**
 * Images in Parquet, as Hugging Face publishes them: a column `image` or `img` with a structure of `bytes` (and `path`), a column
 * `label` (or `fine_label`) of whole numbers. Files whose names begin with `validation`, or else `test`, hold the test images;
 * where none does, some are split off. Row groups are read one after another, twice: for sizes and labels, and for the images.
 */
export async function parquetSet(
  path: string,
  files: readonly string[],
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  const opened: Shard[] = [];
  const close = () => Promise.all(opened.map(({ parquet }) => parquet.close()));
  try {
    for (const file of files) opened.push(await openShard(file, choices.patienceMs));
    return await foundSet(path, opened, close, choices, report);
  } catch (error) {
    await close();
    throw error;
  }
}

async function foundSet(
  path: string,
  opened: readonly Shard[],
  close: () => Promise<unknown>,
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  const testName = TEST_NAMES.find((name) => opened.some(({ portion }) => portion === name));
  const isSplit = testName === undefined || opened.every(({ portion }) => portion === testName);
  const shards = isSplit ? opened : opened.filter(({ portion }) => portion === 'train' || portion === testName);
  const leftOut = opened.filter((shard) => !shards.includes(shard)).map(({ file }) => basename(file));
  const columns = columnsOf(shards[0]!);
  const sizes = createSizes();
  const broken = createSkips();
  const labels: number[] = [];
  const whole: boolean[] = [];
  for await (const { label, bytes, place } of rowsOf(shards, columns, 'Looking at pictures', report)) {
    const size = await lookAtBytes(bytes, place);
    whole.push(size !== null);
    if (size === null) broken.add(place);
    else {
      sizes.add(size);
      labels.push(label);
    }
  }
  const classNames =
    namesOf(shards[0]!, columns.label) ?? numbered(1 + labels.reduce((most, label) => Math.max(most, label), 0));
  const test = isSplit ? testRows(labels, classNames.length, choices) : null;
  const storage = storageOf(sizes, choices.size, null, (entry) => entry);

  async function* images(): AsyncGenerator<FoundImage> {
    let [row, kept] = [0, 0];
    try {
      for await (const { label, bytes, place, portion } of rowsOf(shards, columns, 'Reading pictures', report)) {
        row += 1;
        if (whole[row - 1] !== true) continue;
        if (label >= classNames.length)
          throw refusal(place, `has the label ${label}, and ${classNames.length} classes are named`);
        const isTest = test === null ? portion === testName : test.has(kept);
        kept += 1;
        const own = storage.kind === 'pictures' ? bytes : await pixelsOf(bytes, place, storage);
        if (own === null) broken.add(place);
        else yield { part: isTest ? 'test' : 'train', label, bytes: own };
      }
    } finally {
      await close();
    }
  }
  return {
    kind: 'parquet',
    name: nameFrom(path),
    title: basename(path),
    source: path,
    flipAllowed: true,
    storage,
    images,
    facts: () => ({
      classNames,
      split: isSplit ? splitSentence(choices) : `By its files: train and ${testName}`,
      licence: '',
      notes: [
        ...broken.note('rows hold no whole picture and were left out'),
        ...(leftOut.length === 0 ? [] : [`Left out, since ${testName} is used for the test: ${leftOut.join(', ')}`]),
      ],
    }),
  };
}

async function openShard(file: string, patienceMs: number): Promise<Shard> {
  const start = /^[a-z]+/i.exec(basename(file))?.[0].toLowerCase() ?? '';
  const portion = TEST_NAMES.includes(start) ? start : 'train';
  return { file, portion, parquet: await openParquet(file, patienceMs) };
}

interface Columns {
  readonly image: string;
  readonly label: string;
}

function columnsOf({ file, parquet }: Shard): Columns {
  const { names } = parquet.facts;
  const [image, label] = [IMAGE_COLUMNS, LABEL_COLUMNS].map((known) => known.find((name) => names.includes(name)));
  if (image !== undefined && label !== undefined) return { image, label };
  throw refusal(
    file,
    `has no columns of images (${IMAGE_COLUMNS.join(', ')}) with labels (${LABEL_COLUMNS.join(', ')})`,
    `It has: ${names.slice(0, 11).join(', ')}`,
  );
}

interface Row {
  readonly portion: string;
  readonly label: number;
  readonly bytes: Uint8Array;
  readonly place: string;
}

async function* rowsOf(
  shards: readonly Shard[],
  { image, label }: Columns,
  stage: string,
  report: (progress: WorkProgress) => void,
): AsyncGenerator<Row> {
  const total = shards.reduce(
    (sum, { parquet }) => sum + parquet.facts.rowGroups.reduce((rows, own) => rows + own, 0),
    0,
  );
  let done = 0;
  for (const { file, portion, parquet } of shards) {
    let first = 0;
    for (const count of parquet.facts.rowGroups) {
      report({ stage, done, total });
      const rows = await parquet.rows({ image, label, first, end: first + count });
      for (const [index, row] of rows.entries()) {
        const place = `${file}:row ${first + index}`;
        yield { portion, place, label: labelOf(row.label, place), bytes: bytesOf(row.bytes, place) };
      }
      done += rows.length;
      first += count;
    }
  }
}

function labelOf(label: number | null, place: string): number {
  if (label !== null && Number.isInteger(label) && label >= 0 && label < MAX_CLASSES) return label;
  throw refusal(place, `has the label ${String(label)}`, 'Labels are whole numbers from 0 on');
}

function bytesOf(bytes: Uint8Array | null, place: string): Uint8Array {
  if (bytes !== null && bytes.length <= MAX_PICTURE_BYTES) return bytes;
  throw refusal(place, 'has no bytes of a picture', 'Images that are only named by a path are not in the file');
}

function namesOf({ parquet: { facts } }: Shard, label: string): string[] | null {
  if (facts.notes === null) return null;
  try {
    return v.parse(Notes, JSON.parse(facts.notes)).info.features[label]?.names ?? null;
  } catch {
    return null;
  }
}

function numbered(classes: number): string[] {
  return Array.from({ length: classes }, (_, label) => String(label));
}

function testRows(
  labels: readonly number[],
  classes: number,
  { testShare, splitSeed }: ReadChoices,
): ReadonlySet<number> {
  const count = Math.max(1, Math.round(testShare * labels.length));
  return new Set(splitTraining(Int32Array.from(labels), classes, count, splitSeed).validation);
}
