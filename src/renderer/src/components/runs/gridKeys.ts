import type { ListItem } from './listItems.ts';

/** What a key does in the table of runs. */
export type GridAction =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'open' | 'toggle' | 'select' | 'selectRange'; readonly item: ListItem };

interface GridPlace {
  readonly items: readonly ListItem[];
  /** The line that the keys work on. */
  readonly active: number;
  /** Lines that are seen at once. */
  readonly page: number;
}

/** As in a tree: up and down walk, right and left open and close a group, and left leads from a member to its group. */
export function gridAction(key: string, isShift: boolean, { items, active, page }: GridPlace): GridAction | null {
  const item = items[active];
  if (item === undefined) return null;
  const move = (to: number): GridAction => ({ kind: 'move', to: Math.max(0, Math.min(items.length - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return move(active + 1);
    case 'ArrowUp':
      return move(active - 1);
    case 'PageDown':
      return move(active + page);
    case 'PageUp':
      return move(active - page);
    case 'Home':
      return move(0);
    case 'End':
      return move(items.length - 1);
    case 'ArrowRight':
      return item.kind === 'group' && !item.isOpen ? { kind: 'toggle', item } : null;
    case 'ArrowLeft':
      if (item.kind === 'group') return item.isOpen ? { kind: 'toggle', item } : null;
      return item.isMember ? move(items.slice(0, active).findLastIndex(({ kind }) => kind === 'group')) : null;
    case 'Enter':
      return item.kind === 'group' ? { kind: 'toggle', item } : { kind: 'open', item };
    case ' ':
      return { kind: isShift ? 'selectRange' : 'select', item };
    default:
      return null;
  }
}
