import { expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { gridAction } from './gridKeys.ts';
import { listItems } from './listItems.ts';

const runs = [runRow({ id: 1 }), runRow({ id: 2 })];
const groups = [
  { key: 'a', name: 'A', runs },
  { key: 'b', name: 'B', runs: [runRow({ id: 3 })] },
];
/** Group A, run 1, run 2, group B (closed). */
const items = listItems([], groups, new Set(['a']));
const press = (key: string, active: number, isShift = false) => gridAction(key, isShift, { items, active, page: 2 });

it('walks the lines and stays within them', () => {
  expect(press('ArrowDown', 0)).toEqual({ kind: 'move', to: 1 });
  expect(press('ArrowUp', 0)).toEqual({ kind: 'move', to: 0 });
  expect(press('PageDown', 2)).toEqual({ kind: 'move', to: 3 });
  expect(press('End', 0)).toEqual({ kind: 'move', to: 3 });
});

it('opens and closes groups', () => {
  expect(press('ArrowRight', 3)).toEqual({ kind: 'toggle', item: items[3] });
  expect(press('ArrowRight', 0)).toBeNull();
  expect(press('ArrowLeft', 0)).toEqual({ kind: 'toggle', item: items[0] });
  expect(press('ArrowLeft', 2)).toEqual({ kind: 'move', to: 0 });
});

it('opens a run and selects', () => {
  expect(press('Enter', 1)).toEqual({ kind: 'open', item: items[1] });
  expect(press(' ', 1)).toEqual({ kind: 'select', item: items[1] });
  expect(press(' ', 1, true)).toEqual({ kind: 'selectRange', item: items[1] });
  expect(press('a', 1)).toBeNull();
  expect(gridAction('Enter', false, { items: [], active: 0, page: 2 })).toBeNull();
});
