import type { Database } from 'better-sqlite3';
import { isSqliteFailure } from '../failures.ts';

/** Values of a row in the order of the columns asked for. */
export type Values = readonly unknown[];

/** Ranges of row numbers that are split on the way round damaged pages; more is a table with nothing left between them. */
const MOST_SPLITS = 5000;
/** Row numbers are looked for up to this power of two past the last readable one. */
const HIGHEST_POWER = 40;

/** Hands over rows until SQLite meets a damaged page; whether it met none. */
function untilDamage(rows: () => Iterable<unknown[]>, take: (row: unknown[]) => void): boolean {
  try {
    for (const row of rows()) take(row);
    return true;
  } catch (error) {
    if (isSqliteFailure(error)) return false;
    throw error;
  }
}

/**
 * Hands over every row of a table with row numbers that can be read: from the front, from the back, and between two damaged
 * places by halving the range. Whether all could be read. A row may come twice.
 */
export function readNumberedRows(
  database: Database,
  table: string,
  columns: readonly string[],
  take: (values: Values) => void,
): boolean {
  const list = ['rowid', ...columns.map((column) => `"${column}"`)].join(', ');
  const query = (rest: string) => database.prepare<number[], unknown[]>(`SELECT ${list} FROM "${table}" ${rest}`).raw();
  let low = 0;
  const forward = ([number, ...values]: unknown[]) => {
    low = number as number;
    take(values);
  };
  if (untilDamage(() => query('ORDER BY rowid').iterate(), forward)) return true;
  let high = Infinity;
  untilDamage(
    () => query('ORDER BY rowid DESC').iterate(),
    ([number, ...values]) => {
      high = number as number;
      take(values);
    },
  );
  const between = query('WHERE rowid BETWEEN ? AND ? ORDER BY rowid');
  let splits = 0;
  const readRange = (first: number, last: number): void => {
    if (first > last || splits > MOST_SPLITS) return;
    const isWhole = untilDamage(
      () => between.iterate(first, last),
      ([, ...values]) => take(values),
    );
    if (isWhole || first === last) return;
    splits += 1;
    const middle = Math.floor((first + last) / 2);
    readRange(first, middle);
    readRange(middle + 1, last);
  };
  readRange(low + 1, (Number.isFinite(high) ? high : endAfter(query, low)) - 1);
  return false;
}

/** A row number past all others, found where those behind it can be read to be none. */
function endAfter(query: (rest: string) => { get(number: number): unknown }, low: number): number {
  const rest = query('WHERE rowid >= ? ORDER BY rowid LIMIT 1');
  for (let power = 0; power < HIGHEST_POWER; power += 1) {
    const number = low + 2 ** power;
    if (
      untilDamage(
        () => (rest.get(number) === undefined ? [] : [[]]),
        () => undefined,
      )
    )
      return number;
  }
  return low + 1;
}

/** The same for a table without row numbers: from both ends, as a whole and, where its rows are of runs, run by run. */
export function readKeyedRows(
  database: Database,
  table: string,
  { columns, keys, runIds }: { columns: readonly string[]; keys: readonly string[]; runIds: readonly number[] },
  take: (values: Values) => void,
): boolean {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const order = (direction: string) => `ORDER BY ${keys.map((key) => `"${key}" ${direction}`).join(', ')}`;
  const query = (rest: string) => database.prepare<number[], unknown[]>(`SELECT ${list} FROM "${table}" ${rest}`).raw();
  if (untilDamage(() => query(order('ASC')).iterate(), take)) return true;
  untilDamage(() => query(order('DESC')).iterate(), take);
  if (!columns.includes('run_id')) return false;
  for (const direction of ['ASC', 'DESC']) {
    const ofRun = query(`WHERE run_id = ? ${order(direction)}`);
    for (const id of runIds) untilDamage(() => ofRun.iterate(id), take);
  }
  return false;
}
