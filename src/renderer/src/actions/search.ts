import type { Action } from './actions.ts';

/** What one group shows at most; typing more finds the rest. */
const SHOWN_IN_GROUP = 12;

/** The actions whose titles or groups hold every typed word, in groups in their order. */
export function searchActions(actions: readonly Action[], query: string): [string, Action[]][] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    const text = `${action.group} ${action.title}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const members = groups.get(action.group) ?? [];
    groups.set(action.group, members);
    if (members.length < SHOWN_IN_GROUP) members.push(action);
  }
  return [...groups];
}
