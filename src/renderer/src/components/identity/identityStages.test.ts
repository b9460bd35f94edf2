import { expect, it } from 'vitest';
import { judgeUnit } from '../../../../analysis/identityPath.ts';
import { cleanUnit, pathStep } from '../../../../analysis/identityUnit.fixture.ts';
import { identityStages, lookOf } from './identityStages.ts';

const named = (name: string, change: object = {}) => judgeUnit({ ...cleanUnit, ...change, name });

it('tells the four kinds of blocks apart, stage by stage', () => {
  const blocks = [
    named('stage1.unit1'),
    named('stage1.unit2', { path: [pathStep('relu', 'after-addition')] }),
    named('stage2.unit1', { isSameShape: false }),
    named('stage2.unit2', { endsInRelu: true, negativeShare: 0 }),
  ];
  expect(blocks.map(lookOf)).toEqual(['clean', 'altered', 'shape-change', 'wanting']);
  expect(identityStages(blocks).map(({ title, summary }) => [title, summary])).toEqual([
    ['Stage 1', '1 clean, 1 not clean'],
    ['Stage 2', '1 clean path that fails, 1 change of shape'],
  ]);
});
