import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { networkFileSystem } from './fileSystem.ts';
import { APPLICATION_ID } from './header.ts';
import { openStore } from './open.ts';
import { migrations } from './migrations/index.ts';
import { requireRecentSqlite } from './pragmas.ts';
import { frame, healthy, newRun, refusal, runningRun, temporaryFolder } from './store.fixture.ts';

const PRAGMAS = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5000,
  trusted_schema: 0,
  cell_size_check: 1,
  mmap_size: 0,
};

/** A file with one finished run of 1,500 steps. */
function databaseWithRun(): string {
  const file = join(temporaryFolder(), 'depthlab.db');
  const store = openStore(file);
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 1500), 1);
  store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
  store.close();
  return file;
}

/** A file as an earlier version left it: a study with one run, and the epochs given. */
function olderDatabase(format: number, epochs = ''): string {
  const file = join(temporaryFolder(), 'depthlab.db');
  const database = openDatabase(file, {}, migrations.slice(0, format));
  database.exec(`
    INSERT INTO studies (name, request, created_at) VALUES ('study', '{"recipe":{"epochs":7}}', 1);
    INSERT INTO runs (name, study_id, study_position, state, version, depth, block, height, width, channels, classes, data,
                      recipe, created_at, last_step, total_steps, steps_per_epoch, parameters, test_loss, test_accuracy,
                      best_test_accuracy)
    VALUES ('run', 1, 0, 'finished', 'v2', 8, 'basic', 8, 8, 1, 10, 'digits', '{"epochs":7}', 1, 44, 44, 22, 77754, 0.25, 0.75,
            0.875);
    ${epochs}`);
  database.close();
  return file;
}

describe('opening a store', () => {
  it('holds every pragma on the first and on each later open', () => {
    const file = join(temporaryFolder(), 'new', 'depthlab.db');
    for (const _open of ['first', 'later']) {
      const database = openDatabase(file, {}, migrations);
      for (const [name, value] of Object.entries(PRAGMAS)) expect(database.pragma(name, { simple: true })).toBe(value);
      expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
      expect(database.pragma('user_version', { simple: true })).toBe(migrations.length);
      database.close();
    }
  });

  it('says so when a folder is named', () => {
    expect(refusal(() => openStore(temporaryFolder())).message).toBe('This is a folder, not a database file');
  });

  it('says so when the folder cannot be made', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(refusal(() => openStore(join(folder, 'file', 'depthlab.db'))).message).toMatch('The folder cannot be made');
  });

  it('backs up a live store, and never over a file', async () => {
    const file = databaseWithRun();
    const store = openStore(file);
    store.runs.create(newRun());
    await store.backup(`${file}.copy`);
    await expect(store.backup(`${file}.copy`)).rejects.toThrow('There is a file of that name already');
    store.close();
    const copy = openStore(`${file}.copy`);
    expect(copy.runs.list().length).toBe(2);
    expect(copy.steps.verify(1)).toEqual([]);
    copy.close();
  });
});

describe('refusing a file', () => {
  const makers: [string, (file: string) => void, RegExp][] = [
    ['made by a newer Depthlab', (file) => mark(file, 'user_version = 99'), /made by a newer Depthlab \(format 99/],
    ['of another SQLite program', (file) => mark(file, 'application_id = 1234'), /not a Depthlab database/],
    ['that is no database', (file) => writeFileSync(file, 'hello, I am a text file\n'.repeat(50)), /not a Depthlab/],
    ['whose end is missing', (file) => truncateSync(file, 8192), /damaged \(its end is missing\)/],
    ['cut inside its header', (file) => truncateSync(file, 60), /not a Depthlab database/],
  ];

  it.each(makers)('%s leaves its bytes and its folder as they were', (_, make, message) => {
    const file = databaseWithRun();
    make(file);
    const before = readFileSync(file);
    const folder = readdirSync(join(file, '..'));
    for (const readOnly of [false, true]) {
      const error = refusal(() => openStore(file, { readOnly }));
      expect(error.message).toMatch(message);
      expect(error.where).toBe(file);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(file, '..'))).toEqual(folder);
  });

  it('sees a newer format that still waits in the write-ahead log', () => {
    const file = databaseWithRun();
    const newer = new SQLite(file);
    newer.pragma('user_version = 99');
    const crashed = join(temporaryFolder(), 'depthlab.db');
    copyFileSync(file, crashed);
    copyFileSync(`${file}-wal`, `${crashed}-wal`);
    newer.close();
    const log = readFileSync(`${crashed}-wal`);
    expect(refusal(() => openStore(crashed)).message).toMatch(/newer Depthlab \(format 99/);
    expect(readFileSync(`${crashed}-wal`).equals(log)).toBe(true);
    expect(existsSync(`${crashed}-shm`)).toBe(false);
  });

  it('keeps a file with damaged pages and says what SQLite found', () => {
    const file = databaseWithRun();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096, 3 * 4096);
    writeFileSync(file, bytes);
    expect(refusal(() => openStore(file)).message).toMatch(/The database is damaged/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('knows network file systems by their type, as signed or unsigned numbers', () => {
    expect(networkFileSystem(0x6969n)).toBe('NFS');
    expect(networkFileSystem(BigInt.asIntN(32, 0xfe534d42n))).toBe('SMB2');
    expect(networkFileSystem(0xef53n)).toBeNull();
  });

  it('refuses an SQLite that is too old', () => {
    for (const version of ['3.51.3', '3.51.10', '3.54.1', '4.0.0']) requireRecentSqlite(version);
    for (const version of ['3.51.2', '3.50.9', '2.99.99'])
      expect(() => requireRecentSqlite(version)).toThrow('too old');
  });
});

describe('migrating', () => {
  const next = { version: migrations.length + 1, sql: `ALTER TABLE runs ADD COLUMN colour TEXT` };

  it('sets a whole copy of the older file aside, then brings it to the new format', () => {
    const file = databaseWithRun();
    openDatabase(file, {}, [...migrations, next]).close();
    const backup = `${file}.format-${migrations.length}.backup`;
    expect(readdirSync(join(file, '..')).sort()).toEqual([
      'depthlab.db',
      `depthlab.db.format-${migrations.length}.backup`,
    ]);
    expect(refusal(() => openStore(file)).message).toMatch('newer Depthlab');
    const old = openStore(backup);
    expect(old.runs.get(1)).toMatchObject({ lastStep: 1500, state: 'finished' });
    expect(old.steps.verify(1)).toEqual([]);
    old.close();
  });

  it('keeps the networks of format 1, which had no others than those of the papers', () => {
    const store = openStore(olderDatabase(1));
    expect(store.runs.get(1).network).toEqual({ version: 'v2', depth: 8, block: 'basic' });
    store.close();
  });

  it.each(migrations.slice(0, -1).map(({ version }) => version))('brings format %i to the present one', (format) => {
    const file = olderDatabase(format);
    const store = openStore(file);
    expect(store.runs.get(1)).toMatchObject({ name: 'run', state: 'finished', lastStep: 44, testAccuracy: 0.75 });
    expect(store.verdicts.find(1, 1)).toBeNull();
    store.verdicts.keep(healthy({ runId: 1, lastStep: 44 }), 1);
    expect(store.verdicts.find(1, 1)).toMatchObject({ verdict: 'healthy' });
    store.close();
    expect(existsSync(`${file}.format-${format}.backup`)).toBe(true);
  });

  it('keeps the epochs of format 3, of runs that held out no images', () => {
    const file = olderDatabase(
      3,
      `INSERT INTO epochs VALUES (1, 1, 22, 0.5, NULL, 0.5, NULL, 'NaN', 0.875, 0.1, 5),
                                 (1, 2, 44, 0.5, NULL, 0.5, 0.25, NULL, 0.75, 0.1, 9)`,
    );
    const store = openStore(file);
    expect(store.runs.get(1)).toMatchObject({
      recipe: { epochs: 7, validationShare: 0 },
      validationLoss: null,
      validationAccuracy: null,
      bestValidationAccuracy: null,
      testAccuracy: 0.75,
      bestTestAccuracy: 0.875,
    });
    expect(store.studies.get(1).request.recipe).toMatchObject({ epochs: 7, validationShare: 0 });
    const none = { validationLoss: null, validationAccuracy: null };
    const shared = { runId: 1, trainLoss: 0.5, trainAccuracy: 0.5, learningRate: 0.1, ...none };
    expect(store.epochs.list([1])).toEqual([
      { ...shared, epoch: 1, step: 22, testLoss: NaN, testAccuracy: 0.875, elapsedMs: 5 },
      { ...shared, epoch: 2, step: 44, testLoss: 0.25, testAccuracy: 0.75, elapsedMs: 9 },
    ]);
    store.close();
    const shell = new SQLite(file, { readonly: true });
    expect(shell.prepare('SELECT test_accuracy, validation_accuracy FROM run_epochs').all()).toHaveLength(2);
    expect(shell.prepare('SELECT best_test_accuracy, best_validation_accuracy FROM run_overview').all()).toEqual([
      { best_test_accuracy: 0.875, best_validation_accuracy: null },
    ]);
    shell.close();
  });

  it('leaves the older format whole when a migration fails half way', () => {
    const file = databaseWithRun();
    const broken = { version: next.version, sql: `${next.sql}; CREATE TABLE runs (id INTEGER)` };
    expect(() => openDatabase(file, {}, [...migrations, broken])).toThrow('already exists');
    const store = openStore(file);
    expect(store.runs.get(1).lastStep).toBe(1500);
    store.close();
  });

  it('finishes what a killed first start left: an empty file, or one with nothing but its name', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    const empty = join(folder, 'a', 'depthlab.db');
    writeFileSync(empty, '');
    openStore(empty).close();
    const named = join(folder, 'b.db');
    const database = new SQLite(named);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.close();
    const store = openStore(named);
    expect(store.runs.list()).toEqual([]);
    store.close();
  });
});

function mark(file: string, pragma: string): void {
  const database = new SQLite(file);
  database.pragma(pragma);
  database.close();
}
