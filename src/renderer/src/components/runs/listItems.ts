import type { RunRow } from '../../../../contract/run.ts';
import type { RunGroup } from '../../../../analysis/runTable/groups.ts';

/** A line of the table: a group's or a run's. */
export type ListItem =
  | { readonly kind: 'group'; readonly group: RunGroup; readonly isOpen: boolean }
  | { readonly kind: 'run'; readonly run: RunRow; readonly isMember: boolean };

export function itemKey(item: ListItem): string {
  return item.kind === 'group' ? `group ${item.group.key}` : `run ${item.run.id}`;
}

/** All lines from top to bottom: without groups the runs, else each group with the runs of those that are open. */
export function listItems(
  runs: readonly RunRow[],
  groups: readonly RunGroup[] | null,
  openGroups: ReadonlySet<string>,
): ListItem[] {
  if (groups === null) return runs.map((run) => ({ kind: 'run', run, isMember: false }));
  return groups.flatMap((group): ListItem[] => {
    const isOpen = openGroups.has(group.key);
    const members = isOpen ? group.runs : [];
    return [
      { kind: 'group', group, isOpen },
      ...members.map((run): ListItem => ({ kind: 'run', run, isMember: true })),
    ];
  });
}
