import { UserError } from '../contract/errors.ts';
import { damaged } from './failures.ts';
import { APPLICATION_ID, type FileHeader, readHeader } from './header.ts';

/**
 * The header of a database file that this program can open, or `absent` where there is no file yet; judged before SQLite
 * touches it. One made by a newer Depthlab, by another program, or without its end is refused with its bytes as they were.
 */
export function judge(file: string, latest: number): Exclude<FileHeader, { kind: 'other' }> {
  const header = readableHeader(file);
  if (header.kind === 'absent') return header;
  if (header.kind === 'other' || header.applicationId !== APPLICATION_ID) {
    throw new UserError({
      code: 'bad-input',
      message: 'This file is not a Depthlab database; it was left as it is',
      where: file,
      hint: 'Choose another file with --db.',
    });
  }
  if (header.userVersion > latest) {
    throw new UserError({
      code: 'unavailable',
      message: `This database was made by a newer Depthlab (format ${header.userVersion}, this one reads up to ${latest}); it was left as it is`,
      where: file,
      hint: 'Update Depthlab, or choose another file with --db.',
    });
  }
  if (header.truncated) throw damaged(file, 'its end is missing');
  return header;
}

function readableHeader(file: string): FileHeader {
  try {
    return readHeader(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError({
      code: 'bad-input',
      message:
        code === 'EISDIR' ? 'This is a folder, not a database file' : `The database file cannot be read (${code})`,
      where: file,
      hint: 'Name a file of your own with --db.',
    });
  }
}
