/** Values that were asked for last, by key. */
export interface Recent<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
}

/** Keeps so many values; one more takes the place of that which was asked for longest ago. */
export function createRecent<Key, Value>(most: number): Recent<Key, Value> {
  /** In the order in which they were asked for. */
  const kept = new Map<Key, Value>();
  const set = (key: Key, value: Value) => {
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > most && !oldest.done) kept.delete(oldest.value);
  };
  return {
    get(key) {
      const value = kept.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    set,
    delete: (key) => void kept.delete(key),
  };
}
