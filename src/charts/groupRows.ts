import { formatMeasurement } from '../analysis/format.ts';
import type { ReadoutRow } from './chart.ts';
import type { CurveLook } from './curveSeries.ts';
import type { BandKind, GroupCurve } from './groupCurve.ts';
import { nearestIndex } from './nearest.ts';
import { SERIES_STYLE } from './palette.ts';

interface ShownGroup {
  readonly look: CurveLook;
  readonly name: string;
  /** By epoch. */
  readonly curve: GroupCurve;
  /** Where the epochs of the curve stand on the x axis. */
  readonly xs: Float64Array;
  readonly members: readonly {
    readonly runId: number;
    readonly seed: number;
    readonly epochs: readonly number[];
    readonly ys: Float64Array;
  }[];
}

/** A group at the epoch nearest to x: its mean with the band, and the seeds too where they are drawn. */
export function groupRows(
  { look, name, curve, xs, members }: ShownGroup,
  x: number,
  { band, showMembers, unit }: { readonly band: BandKind; readonly showMembers: boolean; readonly unit: string },
): ReadoutRow[] {
  const index = nearestIndex(xs, x);
  if (index < 0 || Math.abs(xs[index]! - x) > spacing(xs)) return [];
  const [mean, low, high, n] = [curve.means[index]!, curve.lows[index]!, curve.highs[index]!, curve.counts[index]!];
  const say = (value: number) => formatMeasurement(value) + unit;
  const bounds = `${band === 'interval' ? '95 %: ' : ''}${formatMeasurement(low)} to ${formatMeasurement(high)}`;
  const common = { series: look.name, colour: look.colour };
  const [only] = members.length === 1 ? members : [];
  const meanRow: ReadoutRow = {
    ...common,
    ...(only === undefined ? {} : { runId: only.runId }),
    name,
    value: say(mean),
    aside: n < 2 ? `n = ${n}` : `${bounds}, n = ${n}`,
    glyph: SERIES_STYLE[look.series].glyph,
    y: heightOf(mean),
  };
  if (!showMembers) return [meanRow];
  const epoch = curve.xs[index]!;
  const seeds = members.flatMap(({ runId, seed, epochs, ys }): ReadoutRow[] => {
    const value = ys[epochs.indexOf(epoch)];
    if (value === undefined) return [];
    return [{ ...common, runId, name: `seed ${seed}`, value: say(value), glyph: '•', y: heightOf(value) }];
  });
  return [meanRow, ...seeds];
}

/** Mean distance of two epochs. */
function spacing(xs: Float64Array): number {
  return (xs.at(-1)! - xs[0]!) / Math.max(1, xs.length - 1) || 1;
}

function heightOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
