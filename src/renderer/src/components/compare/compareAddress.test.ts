import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareAddress, readCompareQuery, writeCompareQuery, type CompareChoice } from './compareAddress.ts';

it('reads an address, and leaves out what makes no sense', () => {
  expect(
    readCompareQuery({ runs: '3,5,8-10', baseline: '5', group: 'learningRate', epoch: '4', rows: 'all', x: 'time' }),
  ).toEqual({
    runs: [3, 5, 8, 9, 10],
    baseline: [5],
    groupBy: ['learningRate'],
    atEpoch: 4,
    onlyDifferences: false,
    xMode: 'time',
    showsDeltas: false,
  });
  expect(readCompareQuery({ runs: 'x', epoch: '-1', x: ['step'], curves: null })).toEqual(readCompareQuery({}));
  expect(compareAddress([5, 1, 2, 3])).toBe('/compare?runs=5,1-3');
});

it('finds in an address what was written to it', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 12 });
  const choices: fc.Arbitrary<CompareChoice> = fc.record({
    runs: ids,
    baseline: ids,
    groupBy: fc.uniqueArray(fc.constantFrom('learningRate', 'seed', 'allButSeed')),
    atEpoch: fc.option(fc.integer({ min: 1, max: 1000 })),
    onlyDifferences: fc.boolean(),
    xMode: fc.constantFrom('step', 'epoch', 'images', 'time'),
    showsDeltas: fc.boolean(),
  });
  fc.assert(
    fc.property(choices, (choice) => {
      expect(readCompareQuery(writeCompareQuery(choice))).toEqual(choice);
    }),
  );
});
