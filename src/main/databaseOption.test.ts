import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { defaultDatabaseFile } from '../host/folders.ts';
import { databaseFileOf } from './databaseOption.ts';

it.each([
  [['electron', '.', '--db', 'runs.db'], 'runs.db'],
  [['electron', '.', '--db=runs.db'], 'runs.db'],
  [['electron', '--no-sandbox', '.', '--db', '/data/my runs.db', '--other'], '/data/my runs.db'],
])('%j names %s', (argv, file) => {
  expect(databaseFileOf(argv)).toBe(resolve(file));
});

it.each([
  [['electron', '.']],
  [['electron', '.', '--db']],
  [['electron', '.', '--db=']],
  [['electron', '--dbx', 'a.db']],
])('%j names the user’s own', (argv) => {
  expect(databaseFileOf(argv)).toBe(defaultDatabaseFile());
});
