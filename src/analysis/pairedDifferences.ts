import type { StudyCell } from '../contract/study.ts';

/** V2 - V1 of each seed that both cells have: runs of one seed share their data order, so that the difference has less noise. */
export function pairedDifferences(v1: Pick<StudyCell, 'values'>, v2: Pick<StudyCell, 'values'>): number[] {
  const bySeed = new Map(v1.values.map(({ seed, value }) => [seed, value]));
  return v2.values.flatMap(({ seed, value }) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [value - other];
  });
}
