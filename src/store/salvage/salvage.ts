import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import * as v from 'valibot';
import { UserError } from '../../contract/errors.ts';
import { RunDetail } from '../../contract/run.ts';
import { isEnded } from '../../contract/runState.ts';
import { StudyRow } from '../../contract/study.ts';
import { assemble } from '../assemble.ts';
import { connect } from '../connect.ts';
import { openDatabase, type OpenOptions } from '../database.ts';
import { explaining } from '../failures.ts';
import { APPLICATION_ID, readHeader } from '../header.ts';
import { latestVersion } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { copyTables, type TableLoss } from './copyTables.ts';
import { createRunMender, unhashedSegments } from './mendRun.ts';
import { copyPrivately, removePrivateCopy } from './privateCopy.ts';

/** What became of a run. */
export interface SalvagedRun {
  readonly id: number;
  readonly name: string;
  readonly recordedSteps: number;
  readonly keptSteps: number;
  /** First steps of segments (1,000 steps) whose numbers are not, or cannot be told to be, as they were. */
  readonly doubtfulSegments: readonly number[];
}

export interface SalvageReport {
  readonly from: string;
  readonly to: string;
  readonly runs: readonly SalvagedRun[];
  /** Runs of which only parts were left that are worth nothing alone. */
  readonly lostRunIds: readonly number[];
  /** Tables that lost rows, or may have. */
  readonly tables: readonly TableLoss[];
}

/**
 * Copies what can be read of a damaged database into a new one. The original is only read, by way of a private copy of it and of
 * its write-ahead log. A run that lost steps ends with its last whole one; what is not as it was is named among its events.
 * Throws a `UserError` where nothing can be read, or `to` exists.
 */
export function salvage(from: string, to: string, options: Pick<OpenOptions, 'nativeBinding'> = {}): SalvageReport {
  const [source, target] = [resolve(from), resolve(to)];
  requireOurs(source);
  if (existsSync(target)) {
    throw new UserError({ code: 'conflict', message: 'There is a file of that name already', where: target });
  }
  const copy = `${target}.damaged-copy`;
  const partial = `${target}.partial`;
  removePrivateCopy(partial);
  try {
    copyPrivately(source, copy);
    const damaged = connect(copy, options);
    try {
      const salvaged = explaining(source, () => fill(damaged, partial, options));
      renameSync(partial, target);
      return { from: source, to: target, ...salvaged };
    } finally {
      damaged.close();
    }
  } finally {
    removePrivateCopy(copy);
    removePrivateCopy(partial);
  }
}

function requireOurs(file: string): void {
  const header = readHeader(file);
  if (header.kind === 'absent')
    throw new UserError({ code: 'not-found', message: 'There is no database here', where: file });
  // A damaged header may have lost the name of the program, but not SQLite's.
  if (header.kind === 'other') {
    throw new UserError({
      code: 'bad-input',
      message: 'The start of this file is not one of a database: nothing of it can be read',
      where: file,
      hint: 'Restore a backup.',
    });
  }
  const isNewer = header.applicationId === APPLICATION_ID && header.userVersion > latestVersion(migrations);
  if (isNewer) {
    throw new UserError({
      code: 'unavailable',
      message: `This database was made by a newer Depthlab (format ${header.userVersion})`,
      where: file,
      hint: 'Update Depthlab.',
    });
  }
}

function fill(
  damaged: Database,
  file: string,
  options: Pick<OpenOptions, 'nativeBinding'>,
): Pick<SalvageReport, 'runs' | 'lostRunIds' | 'tables'> {
  for (const pragma of ['trusted_schema = OFF', 'cell_size_check = ON', 'mmap_size = 0']) damaged.pragma(pragma);
  // That it can be read at all: the schema is in the first page.
  damaged.prepare('SELECT count(*) FROM sqlite_schema').get();
  const database = openDatabase(file, options, migrations);
  try {
    database.pragma('foreign_keys = OFF');
    const result = database
      .transaction(() => {
        const tables = copyTables(damaged, database);
        const lost = removeStrays(database);
        return { tables, ...mendRuns(database, file, lost) };
      })
      .immediate();
    database.pragma('wal_checkpoint(TRUNCATE)');
    return result;
  } finally {
    database.close();
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  }
}

const tablesOfRuns = (database: Database) =>
  database
    .prepare<[], string>(
      `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'run_id' WHERE m.type = 'table'`,
    )
    .pluck()
    .all();

/** Rows of runs that are lost themselves; gives the ids of these. */
function removeStrays(database: Database): Set<number> {
  const lost = new Set<number>();
  for (const table of tablesOfRuns(database)) {
    const strays = `FROM "${table}" WHERE run_id NOT IN (SELECT id FROM runs)`;
    for (const id of database.prepare<[], number>(`SELECT DISTINCT run_id ${strays}`).pluck().all()) lost.add(id);
    database.exec(`DELETE ${strays}`);
  }
  return lost;
}

function removeRun(database: Database, runId: number): void {
  for (const table of tablesOfRuns(database)) database.prepare(`DELETE FROM "${table}" WHERE run_id = ?`).run(runId);
  database.prepare('DELETE FROM runs WHERE id = ?').run(runId);
}

function mendRuns(database: Database, file: string, lost: Set<number>): Pick<SalvageReport, 'runs' | 'lostRunIds'> {
  const store = assemble({ database, file }, null);
  const mend = createRunMender(database, file);
  const isReadable = (schema: v.GenericSchema<unknown, unknown>, read: () => unknown) => {
    try {
      return v.is(schema, read());
    } catch {
      return false;
    }
  };
  const ids = (table: 'runs' | 'studies') =>
    database.prepare<[], number>(`SELECT id FROM ${table} ORDER BY id`).pluck().all();
  for (const id of ids('studies')) {
    if (!isReadable(StudyRow, () => store.studies.get(id)))
      database.prepare('DELETE FROM studies WHERE id = ?').run(id);
  }
  database.exec(`UPDATE runs SET study_id = NULL, study_position = NULL
                 WHERE study_id IS NOT NULL AND study_id NOT IN (SELECT id FROM studies)`);
  // A run that lost steps has no end.
  const interrupt = database.prepare<[string, number]>(
    "UPDATE runs SET state = 'interrupted', reason = ? WHERE id = ?",
  );
  const runs: SalvagedRun[] = [];
  for (const id of ids('runs')) {
    if (!isReadable(RunDetail, () => store.runs.detail(id))) {
      removeRun(database, id);
      lost.add(id);
      continue;
    }
    const mended = mend(id);
    const { name, state } = store.runs.get(id);
    const unhashed = unhashedSegments(database, id, mended.keptSteps, isEnded(state));
    const doubtfulSegments = [...store.steps.verify(id), ...unhashed].toSorted((one, other) => one - other);
    const run = { id, name, ...mended, doubtfulSegments };
    const text = whatWasLost(run);
    if (text !== '') store.events.record(id, 'warning', text);
    if (mended.keptSteps < mended.recordedSteps && isEnded(state)) interrupt.run(text, id);
    runs.push(run);
  }
  return { runs, lostRunIds: [...lost].toSorted((one, other) => one - other) };
}

/** A sentence for the run's events; empty where nothing was lost. */
function whatWasLost({ keptSteps, recordedSteps, doubtfulSegments }: SalvagedRun): string {
  const sentences = [
    ...(keptSteps < recordedSteps ? [`of ${recordedSteps} steps the first ${keptSteps} are whole`] : []),
    ...(doubtfulSegments.length > 0
      ? [`the numbers from step ${doubtfulSegments.join(', ')} on (up to 1,000 each) may not be as they were`]
      : []),
  ];
  return sentences.length === 0 ? '' : `Salvaged from a damaged database: ${sentences.join('; ')}`;
}
