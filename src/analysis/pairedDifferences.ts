import type { StudyCell } from '../contract/study.ts';

type Values = Pick<StudyCell, 'values'>;

/** `one` - `base` of each seed that both have: runs of one seed share their data order, so that the difference has less noise. */
export function pairedDifferences(base: Values, one: Values): number[] {
  const bySeed = new Map(base.values.map(({ seed, value }) => [seed, value]));
  return one.values.flatMap(({ seed, value }) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [value - other];
  });
}
