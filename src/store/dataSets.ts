import type { DataFile, DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { type Context, write } from './context.ts';

/** A data set that was added. */
export interface StoredDataSet {
  readonly info: DataSetInfo;
  readonly files: readonly DataFile[];
  readonly addedAt: number;
}

/** Added data sets; the embedded ones are not among them. */
export interface DataSets {
  /** Oldest first. */
  list(): StoredDataSet[];
  /** Null where none has this name. */
  find(name: string): StoredDataSet | null;
  /** Registers a set whose files are complete; `conflict` where the name is taken. */
  add(set: Pick<StoredDataSet, 'info' | 'files'>): void;
  /** Forgets a set, before its files are deleted; `conflict` while a run trains on it or waits to. */
  remove(name: string): void;
}

interface StoredRow {
  info: string;
  files: string;
  added_at: number;
}

export function createDataSets(context: Context): DataSets {
  const { database } = context;
  const all = database.prepare<[], StoredRow>('SELECT info, files, added_at FROM data_sets ORDER BY added_at, name');
  const one = database.prepare<[string], StoredRow>('SELECT info, files, added_at FROM data_sets WHERE name = ?');
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO data_sets (name, info, files, added_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare<[string]>('DELETE FROM data_sets WHERE name = ?');
  const waiting = database
    .prepare<[string], number>(
      `SELECT id FROM runs
       WHERE data = ? AND state IN ('queued', 'preparing', 'running', 'stopping') AND deleted_at IS NULL LIMIT 1`,
    )
    .pluck();

  const find = (name: string): StoredDataSet | null => {
    const row = one.get(name);
    return row === undefined ? null : toDataSet(row);
  };
  return {
    list: () => all.all().map(toDataSet),
    find,
    add: ({ info, files }) =>
      write(context, () => {
        if (find(info.name) !== null) {
          throw new UserError({
            code: 'conflict',
            message: `There is a data set "${info.name}" already`,
            where: 'name',
            hint: `Give another name, or remove it first: depthlab data remove ${info.name}`,
          });
        }
        insert.run(info.name, JSON.stringify(info), JSON.stringify(files), Date.now());
      }),
    remove: (name) => {
      write(context, () => {
        const run = waiting.get(name);
        if (run !== undefined) {
          throw new UserError({
            code: 'conflict',
            message: `Run ${run} still needs the data set "${name}"`,
            where: 'name',
            hint: `Stop run ${run} first`,
          });
        }
        remove.run(name);
      });
    },
  };
}

function toDataSet({ info, files, added_at: addedAt }: StoredRow): StoredDataSet {
  return { info: JSON.parse(info) as DataSetInfo, files: JSON.parse(files) as DataFile[], addedAt };
}
