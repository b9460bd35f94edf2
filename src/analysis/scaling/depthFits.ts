import type { SeriesHead } from '../../contract/series.ts';
import type { StudyCell, StudyTable, TableMetric } from '../../contract/study.ts';
import type { DepthFit } from '../../contract/studyReport.ts';
import { decimalsFor, fixed, typographic } from '../format.ts';
import { METRICS, toDisplay } from '../metrics.ts';
import { leastSquares, type LineFit } from './leastSquares.ts';

/** A line through two depths goes through both means, whatever the truth is. */
const LEAST_DEPTHS = 3;
/** Points of the drawn line. */
const LINE_POINTS = 33;

interface Runs {
  readonly head: SeriesHead;
  readonly depths: readonly number[];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly missing: number;
}

/**
 * Lines through each series' runs over ln(depth), the seeds as replicates; with positive quantities that have no upper end
 * (error, loss, time, speed, memory) a power law too. A series with fewer than three depths has none, and is named.
 */
export function depthFits({ metric, series, cells }: StudyTable): { fits: DepthFit[]; withoutFit: string[] } {
  const results = series.map((head) => {
    const own = cells.filter((cell) => cell.series === head.id);
    const runs = runsOf(metric, head, own);
    return { runs, fits: fitsOf(metric, runs) };
  });
  return {
    fits: results.flatMap(({ fits }) => fits),
    withoutFit: results.filter(({ fits }) => fits.length === 0).map(({ runs }) => whyNot(runs)),
  };
}

function runsOf(metric: TableMetric, head: SeriesHead, cells: readonly StudyCell[]): Runs {
  const measured = cells.filter(({ n }) => n > 0).sort((one, other) => one.depth - other.depth);
  const points = measured.flatMap(({ depth, values }) => values.map(({ value }) => ({ depth, value })));
  return {
    head,
    depths: measured.map(({ depth }) => depth),
    xs: points.map(({ depth }) => Math.log(depth)),
    ys: points.map(({ value }) => toDisplay(metric, value)),
    missing: cells.reduce((count, { failed, stopped }) => count + failed.length + stopped.length, 0),
  };
}

function fitsOf(metric: TableMetric, runs: Runs): DepthFit[] {
  if (runs.depths.length < LEAST_DEPTHS) return [];
  const { quantity } = METRICS[metric];
  const hasPowerLaw = quantity !== 'accuracy' && quantity !== 'gap' && runs.ys.every((y) => y > 0);
  const line = leastSquares(runs.xs, runs.ys);
  const power = hasPowerLaw ? leastSquares(runs.xs, runs.ys.map(Math.log)) : null;
  return [
    ...(line === null ? [] : [describe(metric, runs, line, false)]),
    ...(power === null ? [] : [describe(metric, runs, power, true)]),
  ];
}

function describe(metric: TableMetric, runs: Runs, fit: LineFit, isPowerLaw: boolean): DepthFit {
  const [from, to] = [runs.xs[0]!, runs.xs.at(-1)!];
  const show = isPowerLaw ? Math.exp : (value: number) => value;
  const { n, intercept, slope, slopeInterval, p, rSquared, residualStd } = fit;
  return {
    series: runs.head.id,
    isPowerLaw,
    n,
    depths: [...runs.depths],
    intercept,
    slope,
    slopeInterval,
    p,
    rSquared,
    residualStd,
    line: Array.from({ length: LINE_POINTS }, (_, index) => {
      const x = from + ((to - from) * index) / (LINE_POINTS - 1);
      const { value, low, high } = fit.at(x);
      return { depth: Math.exp(x), value: show(value), low: show(low), high: show(high) };
    }),
    sentence: isPowerLaw ? powerSentence(runs, fit) : lineSentence(metric, runs, fit),
  };
}

function lineSentence(metric: TableMetric, runs: Runs, { slope, slopeInterval }: LineFit): string {
  const { differenceUnit } = METRICS[metric];
  const doubling = (value: number) => value * Math.LN2;
  const change = bounds(doubling(slope), doubling(slopeInterval.low), doubling(slopeInterval.high));
  return `${runs.head.label}: ${change.centre}${differenceUnit} each time the depth doubles (95 % interval ${change.range})${shows(slopeInterval)}${left(runs)}`;
}

function powerSentence(runs: Runs, { slope, slopeInterval }: LineFit): string {
  const exponent = bounds(slope, slopeInterval.low, slopeInterval.high);
  return `${runs.head.label}: proportional to depth to the power ${exponent.centre} (95 % interval ${exponent.range})${shows(slopeInterval)}${left(runs)}`;
}

function bounds(centre: number, low: number, high: number): { centre: string; range: string } {
  const digits = high > low ? decimalsFor((high - low) / 2) : 2;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${typographic(fixed(value, digits))}`;
  return { centre: signed(centre), range: `${signed(low)} to ${signed(high)}` };
}

function shows({ low, high }: LineFit['slopeInterval']): string {
  return low <= 0 && high >= 0 ? ': no trend with depth shown' : '';
}

function left({ missing }: Runs): string {
  if (missing === 0) return '';
  return `; ${missing} ${missing === 1 ? 'run' : 'runs'} without a result left out`;
}

function whyNot(runs: Runs): string {
  const { head, depths } = runs;
  const have = depths.length === 0 ? 'no result yet' : `results at ${depths.join(' and ')} layers only`;
  return `${head.label}: no fit, ${have}; a line needs ${LEAST_DEPTHS} depths${left(runs)}`;
}
