import { expect, it } from 'vitest';
import { stagesOf, stageTitle } from './stages.ts';

it('reads the stages off the names of the layers', () => {
  const layers = ['stem.conv.weight', 'stage1.unit1.conv1.weight', 'stage1.unit2.conv1.weight', 'head.dense.bias'];
  expect(stagesOf(layers)).toEqual([
    { name: 'stem', from: 0, to: 1 },
    { name: 'stage1', from: 1, to: 3 },
    { name: 'head', from: 3, to: 4 },
  ]);
  expect(stagesOf([])).toEqual([]);
});

it('writes their names as a title', () => {
  expect([stageTitle('stage1'), stageTitle('stem')]).toEqual(['Stage 1', 'Stem']);
});
