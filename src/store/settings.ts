import * as v from 'valibot';
import { Settings, type SettingsChange } from '../contract/settings.ts';
import { type Context, write } from './context.ts';

export interface StoredSettings {
  get(): Settings;
  /** Sets those given, and gives all. */
  change(changes: SettingsChange): Settings;
}

/** Settings as JSON values by name; what is absent, or no longer allowed, has its default. */
export function createSettings(context: Context): StoredSettings {
  const { database } = context;
  const list = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings');
  const set = database.prepare<[string, string]>('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const get = (): Settings => {
    const defaults = v.parse(Settings, {});
    const stored = Object.fromEntries(list.all().map(({ name, value }) => [name, JSON.parse(value) as unknown]));
    const known = Object.entries(stored).filter(
      ([name, value]) => name in defaults && v.safeParse(Settings, { [name]: value }).success,
    );
    return v.parse(Settings, Object.fromEntries(known));
  };
  return {
    get,
    change: (changes) =>
      write(context, () => {
        for (const [name, value] of Object.entries(changes)) {
          if (value !== undefined) set.run(name, JSON.stringify(value));
        }
        return get();
      }),
  };
}
