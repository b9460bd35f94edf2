import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from './database.ts';
import { migrations } from './migrations/index.ts';
import { openStore } from './open.ts';
import { openForReading } from './reading.ts';
import type { Store } from './store.ts';
import { frame, newRun, refusal, runningRun, temporaryFolder } from './store.fixture.ts';

/** A file with one finished run of 1,500 steps. */
function databaseWithRun(name = 'depthlab.db'): string {
  const file = join(temporaryFolder(), name);
  const store = openStore(file);
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 1500), 1);
  store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
  store.close();
  return file;
}

function openToRead(file: string): Store {
  const store = openStore(file, { readOnly: true });
  onTestFinished(() => store.close());
  return store;
}

/** Every file of a folder with its bytes and the time of its last change, and that of the folder. */
function stateOf(folder: string) {
  const files = readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return [name, createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs];
  });
  return { files, changedAt: statSync(folder).mtimeMs };
}

/** Has temporary files of this test in a folder of its own. */
function ownTemporaryFolder(): string {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder;
}

describe('reading a database', () => {
  it.each(['depthlab.db', 'a b%20?c#d&e=é.db'])('%s, several times at once, changes nothing in its folder', (name) => {
    const file = databaseWithRun(name);
    const before = stateOf(dirname(file));
    for (const store of [openToRead(file), openToRead(file)]) {
      expect(store).toMatchObject({ file, readOnly: true, isCopy: false });
      expect(store.runs.get(1)).toMatchObject({ lastStep: 1500, state: 'finished' });
      expect(store.steps.verify(1)).toEqual([]);
      expect(refusal(() => store.runs.create(newRun())).message).toBe('The database is read-only');
    }
    expect(stateOf(dirname(file))).toEqual(before);
  });

  it('holds the settings that protect a reader', () => {
    const { database, close } = openForReading(databaseWithRun(), {}, migrations);
    const values = { trusted_schema: 0, cell_size_check: 1, mmap_size: 0 };
    for (const [name, value] of Object.entries(values)) expect(database.pragma(name, { simple: true })).toBe(value);
    close();
  });

  it('says so when there is nothing to read', () => {
    const file = join(temporaryFolder(), 'none.db');
    expect(refusal(() => openStore(file, { readOnly: true })).code).toBe('not-found');
    expect(existsSync(file)).toBe(false);
  });

  it('knows that another program has written to the file', () => {
    const file = databaseWithRun();
    const reader = openToRead(file);
    expect(reader.isStale()).toBe(false);
    const writer = openStore(file);
    writer.runs.create(newRun());
    expect(reader.isStale()).toBe(true);
    writer.close();
    expect(reader.isStale()).toBe(true);
    rmSync(file);
    expect(reader.isStale()).toBe(true);
  });
});

describe('reading a copy', () => {
  it('has what still waits in the log of a writer, and leaves the writer alone', () => {
    const file = databaseWithRun();
    const temporary = ownTemporaryFolder();
    const writer = openStore(file);
    onTestFinished(() => writer.close());
    writer.runs.create(newRun({ name: 'second' }));
    const before = stateOf(dirname(file));
    const reader = openToRead(file);
    expect(reader).toMatchObject({ file, isCopy: true });
    expect(reader.runs.list().map(({ name }) => name)).toEqual(['second', 'resnet_v2_8']);
    expect(stateOf(dirname(file))).toEqual(before);
    writer.runs.create(newRun({ name: 'third' }));
    expect(reader.isStale()).toBe(false);
    expect(reader.runs.list()).toHaveLength(2);
    expect(openToRead(file).runs.list()).toHaveLength(3);
    if (process.platform !== 'win32') expect(readdirSync(temporary)).toEqual([]);
  });

  it('has the whole transactions of a log whose end is torn, and whose writer died', () => {
    const file = databaseWithRun();
    const writer = openStore(file);
    onTestFinished(() => writer.close());
    writer.runs.create(newRun());
    const dead = join(temporaryFolder(), 'depthlab.db');
    copyFileSync(file, dead);
    copyFileSync(`${file}-wal`, `${dead}-wal`);
    appendFileSync(`${dead}-wal`, Buffer.alloc(1000, 0x5a));
    chmodSync(dead, 0o400);
    const before = stateOf(dirname(dead));
    expect(openToRead(dead).runs.list()).toHaveLength(2);
    expect(stateOf(dirname(dead))).toEqual(before);
  });

  it('has the present format where the file has an older one, and is gone when it is closed', () => {
    const next = { version: migrations.length + 1, sql: `ALTER TABLE runs ADD COLUMN colour TEXT DEFAULT 'blue'` };
    const file = databaseWithRun();
    const temporary = ownTemporaryFolder();
    const before = stateOf(dirname(file));
    const { database, isCopy, close } = openForReading(file, {}, [...migrations, next]);
    expect(isCopy).toBe(true);
    expect(database.prepare('SELECT colour FROM runs').pluck().get()).toBe('blue');
    close();
    expect(readdirSync(temporary)).toEqual([]);
    expect(stateOf(dirname(file))).toEqual(before);
  });

  it('names the file where it is damaged, not the copy, and leaves no copy behind', () => {
    const file = join(temporaryFolder(), 'depthlab.db');
    const temporary = ownTemporaryFolder();
    openDatabase(file, {}, migrations.slice(0, 3)).close();
    const database = new SQLite(file);
    database.exec('ALTER TABLE runs RENAME TO walks');
    database.close();
    expect(refusal(() => openStore(file, { readOnly: true })).where).toBe(file);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('says what to do where no copy can be made', () => {
    const file = databaseWithRun();
    const writer = openStore(file);
    onTestFinished(() => writer.close());
    writer.runs.create(newRun());
    const gone = ownTemporaryFolder();
    rmSync(gone, { recursive: true });
    const error = refusal(() => openStore(file, { readOnly: true }));
    expect(error).toMatchObject({ code: 'unavailable', where: file });
    expect(error.message).toMatch(`cannot be read: ENOENT: no such file or directory, mkdtemp '${gone}`);
  });
});
