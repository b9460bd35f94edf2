import { expect, it } from 'vitest';
import { RUN_COLUMNS } from './columns.ts';
import { gridLayout } from './gridLayout.ts';

const columns = (...ids: string[]) => ids.map((id) => RUN_COLUMNS.find((column) => column.id === id)!);

it('puts the columns side by side and pins the first ones', () => {
  const layout = gridLayout(columns('id', 'name', 'state'), ({ id }) => ({ id: 50, name: 200 })[id] ?? 100);
  expect(layout.template).toBe('36px 50px 200px 100px');
  expect(layout.width).toBe(386);
  expect([...layout.cells.values()].map(({ style }) => style?.left)).toEqual(['36px', '86px', undefined]);
  expect(layout.cells.get('id')?.class).toContain('tabular-nums');
});

it('pins nothing behind a column that moves', () => {
  expect(gridLayout(columns('state', 'name'), () => 100).cells.get('name')?.style).toBeUndefined();
});
