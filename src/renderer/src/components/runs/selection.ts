/** The set with the item taken out, or put in where it was not there. */
export function toggled<Item>(set: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const changed = new Set(set);
  if (!changed.delete(item)) changed.add(item);
  return changed;
}

/** The set with all items in, or with all out where every one of them was in. */
export function toggledAll<Item>(set: ReadonlySet<Item>, items: readonly Item[]): ReadonlySet<Item> {
  const changed = new Set(set);
  const isEveryIn = items.every((item) => set.has(item));
  for (const item of items) {
    if (isEveryIn) changed.delete(item);
    else changed.add(item);
  }
  return changed;
}

/** From one item to another in the order in which they are shown, both included; the second alone where the first is gone. */
export function between<Item>(shown: readonly Item[], from: Item | null, to: Item): readonly Item[] {
  const [start, end] = [from === null ? -1 : shown.indexOf(from), shown.indexOf(to)];
  return start < 0 ? [to] : shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
