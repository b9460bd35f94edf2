import { existsSync, renameSync, rmSync } from 'node:fs';
import { UserError } from '../contract/errors.ts';
import { studyNotFound } from './bin.ts';
import { connect, type Connection } from './connect.ts';
import { obstacleToWriting } from './fileSystem.ts';
import { migrations } from './migrations/index.ts';
import { openForReading, type Reading } from './reading.ts';
import { tablesOfRuns } from './runTables.ts';

/** Of which runs a copy keeps the values by layer: of all, of those with the study's first seed, or of none. */
export const KEPT_LAYERS = ['all', 'first-seed', 'none'] as const;
export type KeptLayers = (typeof KEPT_LAYERS)[number];

/** Runs of the study that lose their values by layer. */
const WITHOUT_LAYERS: Readonly<Record<KeptLayers, string>> = {
  all: 'SELECT id FROM runs WHERE 0',
  'first-seed': `SELECT run_id AS id FROM hyper_parameters WHERE name = 'seed'
                 AND number > (SELECT min(number) FROM hyper_parameters WHERE name = 'seed')`,
  none: 'SELECT id FROM runs',
};

/**
 * Tables with a value for each layer, and what rests on them: without the names of its layers a run is one that never kept any,
 * and is judged as such.
 */
const BY_LAYER = ['norm_chunks', 'observations', 'observed_layers', 'layers', 'segments', 'verdicts'];

/**
 * Copies one study with its runs to a database of its own, to be shared: without checkpoints, other runs and settings of the
 * window. The source is only read, at one moment, also while an application writes there. Throws a `UserError` where the target
 * is there already or the study is not.
 */
export function copyStudy(
  source: string,
  target: string,
  id: number,
  layers: KeptLayers,
  connection: Connection,
): void {
  if (existsSync(target)) {
    throw new UserError({
      code: 'conflict',
      message: 'There is a file of that name already',
      where: target,
      hint: 'Name another one',
    });
  }
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const original = openOriginal(source, connection);
  try {
    original.database.prepare('VACUUM INTO ?').run(partial);
  } finally {
    original.close();
  }
  try {
    keepStudy(partial, id, layers, connection);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Beside whoever writes to it; where nothing may be written, without the locks that this takes. */
function openOriginal(source: string, connection: Connection): Pick<Reading, 'database' | 'close'> {
  if (obstacleToWriting(source) !== null) return openForReading(source, connection, migrations);
  const database = connect(source, { ...connection, readOnly: true });
  return { database, close: () => void database.close() };
}

function keepStudy(file: string, id: number, layers: KeptLayers, connection: Connection): void {
  const database = connect(file, connection);
  try {
    database.pragma('foreign_keys = OFF');
    database.transaction(() => {
      if (database.prepare('SELECT 1 FROM studies WHERE id = ?').get(id) === undefined) throw studyNotFound(id);
      const ofStudy = 'SELECT id FROM runs WHERE study_id = ?';
      const tables = tablesOfRuns(database);
      for (const table of tables) database.prepare(`DELETE FROM ${table} WHERE run_id NOT IN (${ofStudy})`).run(id);
      database.prepare(`DELETE FROM runs WHERE study_id IS NOT ?`).run(id);
      database.prepare('DELETE FROM studies WHERE id <> ?').run(id);
      database.exec(
        'DELETE FROM checkpoints; DELETE FROM settings; UPDATE runs SET parent_id = NULL, parent_step = NULL',
      );
      for (const table of BY_LAYER.filter((name) => tables.includes(name))) {
        database.exec(`DELETE FROM ${table} WHERE run_id IN (${WITHOUT_LAYERS[layers]})`);
      }
    })();
    database.exec('VACUUM');
  } finally {
    database.close();
  }
}
