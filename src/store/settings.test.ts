import SQLite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from './open.ts';
import { temporaryStore } from './store.fixture.ts';

it('settings are kept with the file, and one that is no longer allowed has its default', () => {
  const store = temporaryStore();
  expect(store.settings.get()).toEqual({ runsAtOnce: 1, runViews: [] });
  expect(store.settings.change({ runsAtOnce: 3 })).toEqual({ runsAtOnce: 3, runViews: [] });
  expect(store.settings.change({})).toEqual({ runsAtOnce: 3, runViews: [] });
  store.close();
  const again = openStore(store.file);
  expect(again.settings.get()).toEqual({ runsAtOnce: 3, runViews: [] });
  again.close();
  const raw = new SQLite(store.file);
  raw.exec(`UPDATE settings SET value = '"many"'; INSERT INTO settings VALUES ('later', '1')`);
  raw.close();
  const odd = openStore(store.file);
  expect(odd.settings.get()).toEqual({ runsAtOnce: 1, runViews: [] });
  odd.close();
});
