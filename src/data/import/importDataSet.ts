import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  DataName,
  type DataImport,
  type DataSetInfo,
  type ImportedDataSet,
  type WorkProgress,
} from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import { syncFolder } from '../files/fileWriter.ts';
import { TEST_FILE, TRAIN_FILE } from '../openDataSet.ts';
import { createCollector } from './collector.ts';
import { findSet } from './findSet.ts';
import type { FoundSet } from './foundSet.ts';

type Report = (progress: WorkProgress) => void;

/** Of the images, where the source has no test images of its own. */
const TEST_SHARE = 0.1;
/** For a row group of Parquet from a slow disk. */
const PATIENCE_MS = 60_000;

/**
 * Reads a source into `train.safetensors` and `test.safetensors` in a folder of the set's name within `folder`, which is there
 * whole or not at all. What is chosen in the request wins over what the source says. Throws a `UserError`.
 */
export async function importDataSet(
  {
    folder,
    patienceMs = PATIENCE_MS,
    ...request
  }: DataImport & {
    readonly folder: string;
    readonly patienceMs?: number;
  },
  report: Report,
  signal: AbortSignal,
): Promise<ImportedDataSet> {
  const { testShare = TEST_SHARE, splitSeed = 0, size } = request;
  const found = await findSet(request.source, { size, testShare, splitSeed, patienceMs }, report);
  const name = request.name ?? found.name;
  const target = join(folder, v.parse(DataName, name));
  if (existsSync(target)) throw taken(name);
  const temporary = join(folder, `.adding-${name}`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    const imported = await write(found, { ...request, name }, temporary, report, signal);
    await rename(temporary, target);
    syncFolder(folder);
    return imported;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function write(
  found: FoundSet,
  request: DataImport & { readonly name: string },
  folder: string,
  report: Report,
  signal: AbortSignal,
): Promise<ImportedDataSet> {
  const collector = createCollector(found.storage, {
    train: join(folder, TRAIN_FILE),
    test: join(folder, TEST_FILE),
  });
  try {
    for await (const image of found.images(report)) {
      signal.throwIfAborted();
      collector.add(image);
    }
    report({ stage: 'Writing', done: 0, total: null });
    const { classNames, notes, ...facts } = found.facts();
    const counts = collector.counts(classNames.length);
    requireImages(classNames, counts);
    const { statistics, notes: measurement } = await collector.statistics(report);
    const { storage } = found;
    const sizes = storage.kind === 'pixels' ? storage : { height: storage.size, width: storage.size, channels: 3 };
    const { height, width, channels } = sizes;
    const info: DataSetInfo = {
      name: request.name,
      title: request.title ?? found.title,
      kind: found.kind,
      storage: storage.kind,
      input: { height, width, channels, classes: classNames.length },
      trainImages: sum(counts.train),
      testImages: sum(counts.test),
      classNames: [...classNames],
      trainCounts: counts.train,
      testCounts: counts.test,
      ...statistics,
      source: found.source,
      flipAllowed: request.flipAllowed ?? found.flipAllowed,
      ...facts,
      notes: [...notes, ...measurement],
    };
    return { info, files: collector.finish() };
  } catch (error) {
    collector.abandon();
    throw error;
  }
}

function requireImages(
  classNames: readonly string[],
  { train, test }: { readonly train: readonly number[]; readonly test: readonly number[] },
): void {
  const refuse = (message: string, hint: string) =>
    new UserError({ code: 'bad-input', message, where: 'source', hint });
  if (classNames.length < 2) throw refuse('There are fewer than two classes', 'Give each class a folder of its own');
  const empty = train.indexOf(0);
  if (empty >= 0)
    throw refuse(
      `The class "${classNames[empty]!}" has no training images that can be read`,
      'Add images of it, or take its folder away',
    );
  if (sum(test) === 0) throw refuse('There are no test images', 'Ask for a larger share of test images');
}

function taken(name: string): UserError {
  return new UserError({
    code: 'conflict',
    message: `There is a data set "${name}" already`,
    where: 'name',
    hint: `Give another name, or remove it first: depthlab data remove ${name}`,
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
