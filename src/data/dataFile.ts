import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DataReference } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { hashOf } from './files/fileWriter.ts';
import { openTensorFile, type TensorFile } from './files/tensorFile.ts';

/**
 * Opens a file of a data set that must be the one that was written when the set was added: of the same size, and, where it
 * was touched since, of the same SHA-256. Throws a `UserError` that names the file.
 */
export function openDataFile({ info, folder, files }: DataReference, name: string): TensorFile {
  const file = join(folder, name);
  const refuse = (what: string) =>
    new UserError({
      code: 'unavailable',
      message: `The images of the data set "${info.name}" cannot be used: ${what}`,
      where: file,
      hint: `Add the data again: depthlab data remove ${info.name}, then depthlab data add`,
    });
  const known = files.find((one) => one.name === name);
  if (known === undefined) throw refuse(`it has no ${name}`);
  const handle = open(file, refuse);
  try {
    const { size, mtimeMs } = fstatSync(handle);
    if (size !== known.bytes) throw refuse(`${file} has ${size} bytes, not ${known.bytes}`);
    if (mtimeMs !== known.mtimeMs && hashOf(handle) !== known.sha256) {
      throw refuse(`${file} was changed since it was added: its SHA-256 is another`);
    }
    return openTensorFile(handle, size, (what) => refuse(`${file} is damaged: ${what}`));
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

function open(file: string, refuse: (what: string) => UserError): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}
