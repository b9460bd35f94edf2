import type { ComparisonColumn } from '../analysis/comparison/columns.ts';
import type { NetworkVersion } from '../contract/network.ts';
import { seriesColour, type ThemeMode } from './palette.ts';

/** How a column is recognised in the table, in every chart and in its legend. */
export interface ColumnLook {
  /** In a legend, where names of runs alone may be the same. */
  readonly name: string;
  readonly version: NetworkVersion;
  readonly depth: number;
  readonly colours: Readonly<Record<ThemeMode, string>>;
}

/**
 * In the order of the columns. The family gives the hue; a deeper network and, of equally deep ones, a later column is
 * darker: by the depth alone runs of one network would all look the same.
 */
export function columnLooks(columns: readonly ComparisonColumn[]): ColumnLook[] {
  const networks = columns.map(({ runs }) => runs[0]!.network);
  return columns.map(({ title, runs, isGroup }, index) => {
    const { version, depth } = networks[index]!;
    const family = networks
      .flatMap((network, place) => (network.version === version ? [{ place, depth: network.depth }] : []))
      .toSorted((one, other) => one.depth - other.depth || one.place - other.place);
    const rank = family.findIndex(({ place }) => place === index);
    const colour = (theme: ThemeMode) =>
      seriesColour({ series: version, depth: rank, depths: [...family.keys()], theme });
    return {
      name: isGroup ? title : `#${runs[0]!.id} ${title}`,
      version,
      depth,
      colours: { light: colour('light'), dark: colour('dark') },
    };
  });
}
