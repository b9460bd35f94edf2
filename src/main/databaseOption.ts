import { resolve } from 'node:path';
import { defaultDatabaseFile } from '../host/folders.ts';

/** The database that a command line names with `--db`, or the user's own. */
export function databaseFileOf(argv: readonly string[]): string {
  const index = argv.findIndex((argument) => argument === '--db' || argument.startsWith('--db='));
  const option = argv[index];
  if (option === undefined) return defaultDatabaseFile();
  const file = option.startsWith('--db=') ? option.slice('--db='.length) : argv[index + 1];
  return file ? resolve(file) : defaultDatabaseFile();
}
