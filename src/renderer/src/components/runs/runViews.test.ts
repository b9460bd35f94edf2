import { expect, it } from 'vitest';
import type { RunView } from '../../../../contract/runView.ts';
import { showTheSame, withoutView, withView } from './runViews.ts';

const DEEP: RunView = {
  name: 'deep',
  filter: 'depth>=110',
  groupBy: 'network',
  columns: ['name', 'testAccuracy'],
  sorting: [{ column: 'testAccuracy', descending: true }],
  onlyDifferences: false,
};

it('a view takes the place of the one of its name, among the others in order', () => {
  const all = withView(withView([DEEP], { ...DEEP, name: 'all' }), { ...DEEP, filter: 'depth>=1001' });
  expect(all.map(({ name, filter }) => [name, filter])).toEqual([
    ['all', 'depth>=110'],
    ['deep', 'depth>=1001'],
  ]);
  expect(withoutView(all, 'all').map(({ name }) => name)).toEqual(['deep']);
});

it('two views show the same whatever they are called, and not where anything that is shown differs', () => {
  const columns = DEEP.columns.toReversed();
  expect(showTheSame(DEEP, { ...DEEP, name: 'other', columns, filter: 'depth>=110 ' })).toBe(true);
  for (const change of [
    { filter: '' },
    { groupBy: '' },
    { columns: ['name'] },
    { sorting: [] },
    { onlyDifferences: true },
  ]) {
    expect(showTheSame(DEEP, { ...DEEP, ...change })).toBe(false);
  }
});
