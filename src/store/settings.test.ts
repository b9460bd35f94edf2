import SQLite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from './open.ts';
import { temporaryStore } from './store.fixture.ts';

const DEFAULTS = { keepEvery: null, checkpointBudgetBytes: null, runViews: [] };

it('settings are kept with the file, and one that is no longer allowed has its default', () => {
  const store = temporaryStore();
  expect(store.settings.get()).toEqual({ ...DEFAULTS, runsAtOnce: 1 });
  expect(store.settings.change({ runsAtOnce: 3 })).toEqual({ ...DEFAULTS, runsAtOnce: 3 });
  expect(store.settings.change({})).toEqual({ ...DEFAULTS, runsAtOnce: 3 });
  store.close();
  const again = openStore(store.file);
  expect(again.settings.get()).toEqual({ ...DEFAULTS, runsAtOnce: 3 });
  again.close();
  const raw = new SQLite(store.file);
  raw.exec(`UPDATE settings SET value = '"many"'; INSERT INTO settings VALUES ('later', '1')`);
  raw.close();
  const odd = openStore(store.file);
  expect(odd.settings.get()).toEqual({ ...DEFAULTS, runsAtOnce: 1 });
  odd.close();
});
