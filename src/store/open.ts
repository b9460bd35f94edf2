import { resolve } from 'node:path';
import { assemble } from './assemble.ts';
import { openDatabase, type OpenOptions } from './database.ts';
import { damaged, explaining, isSqliteFailure } from './failures.ts';
import { migrations } from './migrations/index.ts';
import { openForReading } from './reading.ts';
import type { Store } from './store.ts';

/**
 * Opens a Depthlab database, making it (and its folder) where there is none. The file is judged before SQLite touches
 * it: one made by a newer Depthlab, by another program, or a damaged one is refused with its bytes as they were.
 * `readOnly` shows the file as it is now and leaves its folder as it is; writing calls then throw.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  const path = resolve(file);
  const reading = options.readOnly ? explaining(path, () => openForReading(path, options, migrations)) : null;
  const database = reading?.database ?? explaining(path, () => openDatabase(path, options, migrations));
  try {
    return assemble({ database, file: path }, reading);
  } catch (error) {
    (reading ?? database).close();
    throw isSqliteFailure(error) ? damaged(path, error.message) : error;
  }
}
