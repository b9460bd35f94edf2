import { expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { runGrid } from './runGrid.ts';

it('sets V1 and V2 of a depth one below the other, a column for each seed', () => {
  const run = (id: number, version: 'v1' | 'v2', depth: number, seed: number) =>
    runRow({ id, network: { version, depth, block: 'basic' }, recipe: { seed } });
  const { seeds, rows } = runGrid(
    [run(1, 'v2', 8, 1), run(2, 'v1', 20, 1), run(3, 'v1', 8, 2), run(4, 'v2', 8, 2)],
    [],
  );
  expect(seeds).toEqual([1, 2]);
  expect(rows.map((row) => [row.key, ...row.runs.map((cell) => cell?.id ?? null)])).toEqual([
    ['v1 8', null, 3],
    ['v2 8', 1, 4],
    ['v1 20', 2, null],
  ]);
});
