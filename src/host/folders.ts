import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of the user's own runs: `DEPTHLAB_HOME`, or where the platform keeps an application's data. */
export function dataFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const own = environment['DEPTHLAB_HOME'];
  if (own) return resolve(own);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Depthlab');
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Depthlab');
  // The specification takes an empty or relative value for none.
  const dataHome = environment['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(dataHome) ? dataHome : join(homedir(), '.local', 'share'), 'depthlab');
}

/** The database that is opened where none is named. */
export function defaultDatabaseFile(): string {
  return join(dataFolder(), 'depthlab.db');
}

/** Where a run's checkpoints are written: beside the database, named after it. */
export function checkpointFolder(databaseFile: string, runId: number): string {
  const name = `run-${String(runId).padStart(6, '0')}`;
  return join(dirname(databaseFile), `${parse(databaseFile).name}-checkpoints`, name);
}

/**
 * Makes a folder, so that it is still there after a power cut: the file system keeps a new name safe only once the folder that it
 * stands in is synced.
 */
export function makeDurableFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  // Windows cannot open folders, and keeps its directory entries by its own journal.
  if (first === undefined || process.platform === 'win32') return;
  for (let made = folder; ; made = dirname(made)) {
    const handle = openSync(dirname(made), 'r');
    fsyncSync(handle);
    closeSync(handle);
    if (made === first) return;
  }
}

/** Where the files of added data sets are kept: beside the database, a folder for each. */
export function dataSetsFolder(databaseFile: string): string {
  return join(dirname(databaseFile), `${parse(databaseFile).name}-data`);
}

/** Where weights that were brought in are kept: beside the database, each file called by its SHA-256. */
export function weightsFolder(databaseFile: string): string {
  return join(dirname(databaseFile), `${parse(databaseFile).name}-weights`);
}
