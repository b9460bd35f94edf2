import { expect, it } from 'vitest';
import { runColumn } from '../analysis/comparison/columns.ts';
import { runRow } from '../analysis/runRow.fixture.ts';
import { seriesColour } from './palette.ts';
import { columnLooks } from './columnLooks.ts';

const column = (id: number, version: 'v1' | 'v2', depth: number) =>
  runColumn(runRow({ id, name: 'same', network: { version, depth, block: 'basic' } }));

it('gives every run of a family a colour of its own, the deeper the darker', () => {
  const looks = columnLooks([column(1, 'v2', 44), column(2, 'v2', 20), column(3, 'v2', 20), column(4, 'v1', 20)]);
  const ranked = (depth: number) => seriesColour({ series: 'v2', depth, depths: [0, 1, 2], theme: 'light' });
  expect(looks.slice(0, 3).map(({ colours }) => colours.light)).toEqual([ranked(2), ranked(0), ranked(1)]);
  expect(looks[3]!.colours.light).toBe(seriesColour({ series: 'v1', depth: 20, depths: [20], theme: 'light' }));
  expect(new Set(looks.map(({ name }) => name)).size).toBe(4);
});
