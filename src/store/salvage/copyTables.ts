import type { Database } from 'better-sqlite3';
import { isSqliteFailure } from '../failures.ts';
import { readKeyedRows, readNumberedRows, type Values } from './readRows.ts';

/** What a damaged table lost, as far as it can be told. */
export interface TableLoss {
  readonly table: string;
  /** Pages that could not be read. */
  readonly hasDamagedPages: boolean;
  /** Rows that could be read, with values that the table does not allow. */
  readonly refusedRows: number;
}

interface Column {
  readonly name: string;
  /** Place in the primary key, from 1; 0: not in it. */
  readonly pk: number;
}

/**
 * Copies every readable row by the names of its columns, table by table, into an empty database of the present format. Columns
 * that an older format lacks get their defaults. Gives the tables that lost something.
 */
export function copyTables(source: Database, target: Database): TableLoss[] {
  const tables = target
    .prepare<[], { name: string; wr: 0 | 1 }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  const runsFirst = tables.toSorted((one, other) => Number(other.name === 'runs') - Number(one.name === 'runs'));
  return runsFirst
    .map(({ name, wr }) => copyTable(source, target, name, wr === 1))
    .filter(({ hasDamagedPages, refusedRows }) => hasDamagedPages || refusedRows > 0);
}

function copyTable(source: Database, target: Database, table: string, isKeyed: boolean): TableLoss {
  const known = columnsOf(source, table).map(({ name }) => name);
  const wanted = columnsOf(target, table);
  const columns = wanted.map(({ name }) => name).filter((name) => known.includes(name));
  if (columns.length === 0) return { table, hasDamagedPages: false, refusedRows: 0 };
  const insert = target.prepare(
    `INSERT OR IGNORE INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')})
     VALUES (${columns.map(() => '?').join(', ')})`,
  );
  let refusedRows = 0;
  const take = (values: Values) => {
    try {
      insert.run(...values);
    } catch (error) {
      if (!isSqliteFailure(error)) throw error;
      refusedRows += 1;
    }
  };
  const runIds = target.prepare<[], number>('SELECT id FROM runs').pluck().all();
  const keys = wanted.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const isWhole = isKeyed
    ? readKeyedRows(source, table, { columns, keys, runIds }, take)
    : readNumberedRows(source, table, columns, take);
  return { table, hasDamagedPages: !isWhole, refusedRows };
}

function columnsOf(database: Database, table: string): Column[] {
  return database.prepare<[string], Column>('SELECT name, pk FROM pragma_table_info(?) ORDER BY pk, cid').all(table);
}
