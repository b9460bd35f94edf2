import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../contract/errors.ts';

/**
 * Writes a text to a file, whole or not at all. Returns the file's full path.
 * @throws UserError where the file exists and may not be replaced, or cannot be written
 */
export function writeText(file: string, text: string, mayReplace: boolean): string {
  const path = resolve(file);
  if (!mayReplace) refuseExisting(path);
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw cannotBeWritten(path, error);
  }
  return path;
}

/**
 * Writes texts to files of a folder, which is made where there is none. Returns the files' full paths.
 * @throws UserError where one of the files exists and may not be replaced (then none is written), or cannot be written
 */
export function writeTexts(
  folder: string,
  files: readonly { readonly fileName: string; readonly text: string }[],
  mayReplace: boolean,
): string[] {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw cannotBeWritten(path, error);
  }
  if (!mayReplace) for (const { fileName } of files) refuseExisting(join(path, fileName));
  return files.map(({ fileName, text }) => writeText(join(path, fileName), text, mayReplace));
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new UserError({
    code: 'bad-input',
    message: `There is a file ${path} already`,
    where: '--out',
    hint: 'Name another place, or add --force to replace it',
  });
}

function cannotBeWritten(path: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError({ code: 'bad-input', message: `${path} cannot be written: ${reason}`, where: '--out' });
}
