import { UserError } from '../contract/errors.ts';

interface SqliteFailure extends Error {
  readonly code: string;
}

export function isSqliteFailure(error: unknown): error is SqliteFailure {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
  );
}

/** Turns what SQLite, or a stored JSON text, throws into a sentence with a remedy; anything else passes unchanged. */
export function explain(error: unknown, file: string): unknown {
  if (error instanceof SyntaxError) return damaged(file, 'a stored text is no longer JSON');
  if (!isSqliteFailure(error)) return error;
  const failure = (message: string, hint: string, code: UserError['code'] = 'unavailable') =>
    new UserError({ code, message, where: file, hint });
  if (error.code.startsWith('SQLITE_FULL')) {
    return failure(
      'The disk is full: the database could not be written',
      'Free some space; what was stored is intact.',
    );
  }
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return failure('Another program holds the database locked', 'Close it, then try again.', 'conflict');
  }
  if (error.code.startsWith('SQLITE_READONLY')) {
    return failure(
      'The database is read-only',
      'Allow writing to the file and its folder, or choose another with --db.',
    );
  }
  if (error.code.startsWith('SQLITE_CANTOPEN')) {
    return failure('The database cannot be opened', 'Check that its folder exists and may be written to.');
  }
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB')) {
    return damaged(file, error.message);
  }
  if (error.code.startsWith('SQLITE_IOERR')) {
    return failure(`The disk reported an error (${error.code})`, 'Check the disk; what was stored before is intact.');
  }
  return failure(`The database refused: ${error.message}`, '', 'failed');
}

export function damaged(file: string, detail: string): UserError {
  return new UserError({
    code: 'failed',
    message: `The database is damaged (${detail}); it was left as it is`,
    where: file,
    hint: 'Save what can be read of it with "depthlab salvage FILE", restore a backup, or start a new database with --db.',
  });
}

/** Runs `body`, explaining what SQLite throws. */
export function explaining<Result>(file: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw explain(error, file);
  }
}
