import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../contract/errors.ts';

/**
 * Writes a text to a file, whole or not at all. Returns the file's full path.
 * @throws UserError where the file exists and may not be replaced, or cannot be written
 */
export function writeText(file: string, text: string, mayReplace: boolean): string {
  const path = resolve(file);
  if (!mayReplace && existsSync(path)) {
    throw new UserError({
      code: 'bad-input',
      message: `There is a file ${path} already`,
      where: '--out',
      hint: 'Name another file, or add --force to replace it',
    });
  }
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ code: 'bad-input', message: `${path} cannot be written: ${reason}`, where: '--out' });
  }
  return path;
}
