import type { Bin } from './bin.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { DataSets } from './dataSets.ts';
import type { Environment } from './environment.ts';
import type { Epochs } from './epochs.ts';
import type { Events } from './events.ts';
import type { Runs } from './runs.ts';
import type { StoredSettings } from './settings.ts';
import type { Steps } from './steps.ts';
import type { Studies } from './studies.ts';
import type { Verdicts } from './verdicts.ts';

/**
 * One open database file, split by subject. Every call is synchronous and every write is one transaction: when a
 * call returns, what it wrote is in the file. Refusals are `UserError`s and change nothing.
 */
export interface Store {
  readonly file: string;
  readonly readOnly: boolean;
  /** A read-only file that could not be read in its place; the copy of it stays as the file was. */
  readonly isCopy: boolean;
  /** Whether another program has written to a read-only file meanwhile: what is read from now on may be wrong. */
  isStale(): boolean;
  readonly runs: Runs;
  readonly studies: Studies;
  readonly steps: Steps;
  readonly epochs: Epochs;
  readonly events: Events;
  readonly checkpoints: Checkpoints;
  readonly environment: Environment;
  readonly verdicts: Verdicts;
  readonly dataSets: DataSets;
  readonly settings: StoredSettings;
  readonly bin: Bin;
  /** Bytes of the database with its write-ahead log. */
  bytes(): number;
  /** How long a write waits for another program's lock from now on, milliseconds, before it is refused; 5000 at first. */
  waitForLocks(milliseconds: number): void;
  /** Moves the write-ahead log into the database and empties it; for idle moments. False where a reader held it up. */
  checkpointLog(): boolean;
  /** Copies the live database to a new file; refuses to overwrite one. */
  backup(target: string): Promise<void>;
  /** Empties the log and closes; calls after it throw. A second close does nothing. */
  close(): void;
}
