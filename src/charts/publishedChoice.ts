import type { ReferenceSeries } from '../contract/reference.ts';

/** Which published curves stand behind a study: none, those of one kind of source, or all. */
export const PUBLISHED_KINDS = ['off', 'paper', 'cheatSheet', 'repository', 'all'] as const;
export type PublishedKind = (typeof PUBLISHED_KINDS)[number];

/** Networks that a source only tried beside its own are in no chart. */
export function isPublishedShown({ kind, isAblation }: ReferenceSeries, chosen: PublishedKind): boolean {
  return !isAblation && (chosen === 'all' || chosen === kind);
}
