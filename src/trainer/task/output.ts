import { basename, dirname, resolve } from 'node:path';
import { writeWhole } from '../checkpoint/writeFile.ts';

/** Writes a file that a user named, whole or not at all; returns its full path. */
export function writeOutput(path: string, parts: readonly Uint8Array[]): string {
  const file = resolve(path);
  const hint = 'Check that its folder exists, that you may write there, and that the disk has space';
  writeWhole(dirname(file), basename(file), parts, { what: 'The file', hint });
  return file;
}
