import { summarise } from '../analysis/seeds.ts';

/** What the band around a mean is. */
export type BandKind = 'minMax' | 'interval';

export const BAND_NAMES: Readonly<Record<BandKind, string>> = {
  minMax: 'lowest to highest seed',
  interval: '95 % interval of the mean',
};

/** For a control that chooses between them. */
export const BAND_OPTIONS = [
  { value: 'minMax' as const, label: 'Lowest to highest' },
  { value: 'interval' as const, label: '95 % interval' },
];

/** One seed's values over its epochs, ascending. */
export interface MemberCurve {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

/** A group's mean over its members at each epoch that any of them has. */
export interface GroupCurve {
  readonly xs: Float64Array;
  /** NaN where no member has a finite value. */
  readonly means: Float64Array;
  /** NaN where fewer than two members have a value: no band. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** Members with a finite value. */
  readonly counts: Uint32Array;
}

/** Values that are not finite are left out of mean and band; the count says of how many they are. */
export function groupCurve(members: readonly MemberCurve[], band: BandKind): GroupCurve {
  const byEpoch = new Map<number, number[]>();
  for (const { xs, ys } of members) {
    for (let index = 0; index < xs.length; index += 1) {
      const values = byEpoch.get(xs[index]!) ?? [];
      byEpoch.set(xs[index]!, values);
      if (Number.isFinite(ys[index])) values.push(ys[index]!);
    }
  }
  const xs = Float64Array.from(byEpoch.keys()).sort();
  const summaries = Array.from(xs, (x) => {
    const values = byEpoch.get(x)!;
    const { n, mean, interval } = summarise(values);
    const bounds = band === 'interval' ? interval : { low: Math.min(...values), high: Math.max(...values) };
    return { n, mean: mean ?? NaN, low: n < 2 ? NaN : bounds!.low, high: n < 2 ? NaN : bounds!.high };
  });
  return {
    xs,
    means: Float64Array.from(summaries, ({ mean }) => mean),
    lows: Float64Array.from(summaries, ({ low }) => low),
    highs: Float64Array.from(summaries, ({ high }) => high),
    counts: Uint32Array.from(summaries, ({ n }) => n),
  };
}
