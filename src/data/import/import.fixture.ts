import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataImport, ImportSource, WorkProgress } from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import type { DataSet, PixelSet } from '../dataSet.ts';
import { openDataSet, openPixelSet } from '../openDataSet.ts';
import { importDataSet } from './importDataSet.ts';
import { temporaryFolder } from './sources.fixture.ts';

/** Of a test, for files that send their library round in circles. */
const PATIENCE_MS = 1500;

type Choices = Omit<DataImport, 'source'>;

/** Imports a source into a folder of its own. */
export async function importInto(source: ImportSource | string, choices: Choices = {}) {
  const folder = temporaryFolder();
  const heard: WorkProgress[] = [];
  const imported = await importDataSet(
    {
      source: typeof source === 'string' ? { kind: 'path', path: source } : source,
      ...choices,
      folder,
      patienceMs: PATIENCE_MS,
    },
    (progress) => heard.push(progress),
    new AbortController().signal,
  );
  const reference = { ...imported, folder: join(folder, imported.info.name) };
  return {
    ...imported,
    heard,
    folder,
    reference,
    open: () => openDataSet(reference),
    pixels: () => openPixelSet(reference),
  };
}

/** The refusal of a source; fails where another error is thrown, none is, or something was left in the folder. */
export async function refusalOf(source: ImportSource | string, choices: Choices = {}): Promise<UserError> {
  const folder = temporaryFolder();
  try {
    await importDataSet(
      {
        source: typeof source === 'string' ? { kind: 'path', path: source } : source,
        ...choices,
        folder,
        patienceMs: PATIENCE_MS,
      },
      () => undefined,
      new AbortController().signal,
    );
  } catch (error) {
    const left = readdirSync(folder);
    if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`, { cause: error });
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}

/** One image of a set of pixels. */
export function imageOf({ info, train }: DataSet<PixelSet>, index: number, part = train): number[] {
  const image = new Uint8Array(info.input.height * info.input.width * info.input.channels);
  part.read(index, image, 0);
  return [...image];
}
