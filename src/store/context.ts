import type { Database } from 'better-sqlite3';
import { UserError } from '../contract/errors.ts';
import type { RunState } from '../contract/runState.ts';
import { explaining } from './failures.ts';

/** What every subject of the store works on. */
export interface Context {
  readonly database: Database;
  readonly file: string;
}

/** Runs `body` in one `BEGIN IMMEDIATE` transaction: all of it is in the file, or none. Nested calls join the outer one. */
export function write<Result>({ database, file }: Context, body: () => Result): Result {
  return explaining(file, () => database.transaction(body).immediate());
}

/** Runs several reads on one state of the file. */
export function read<Result>({ database, file }: Context, body: () => Result): Result {
  return explaining(file, () => database.transaction(body).deferred());
}

export function runNotFound(id: number): UserError {
  return new UserError({ code: 'not-found', message: `There is no run ${id}`, where: `run ${id}` });
}

/** Refuses a message of an attempt that is over, or of a run that no trainer should be working on. */
export function staleAttempt(id: number, attempt: number, run: { attempt: number; state: RunState }): UserError {
  const message =
    run.attempt === attempt
      ? `Run ${id} is ${run.state}: it takes no more results`
      : `Attempt ${attempt} of run ${id} is not the current one (${run.attempt})`;
  return new UserError({ code: 'conflict', message, where: `run ${id}` });
}
