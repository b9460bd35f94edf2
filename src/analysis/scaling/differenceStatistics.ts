import type { PairedDifference, TableMetric } from '../../contract/study.ts';
import type { DifferenceStatistics } from '../../contract/studyReport.ts';
import { METRICS } from '../metrics.ts';
import { bootstrapIntervals } from './bootstrap.ts';
import { holm } from './holm.ts';
import { pairedTest } from './pairedTest.ts';

const LEVEL = 0.05;

/** Each depth's differences V2 - V1: bootstrap intervals, the paired t test, and Holm's adjustment over all depths. */
export function differenceStatistics(
  pairs: readonly { readonly depth: number; readonly differences: readonly number[] }[],
): DifferenceStatistics[] {
  const tests = pairs.map(({ differences }) => pairedTest(differences));
  const tested = [...tests.keys()].filter((index) => tests[index] !== null);
  const adjusted = holm(tested.map((index) => tests[index]!.p));
  return pairs.map(({ depth, differences }, index) => ({
    depth,
    bootstrap: bootstrapIntervals(differences),
    test: tests[index] ?? null,
    adjustedP: adjusted[tested.indexOf(index)] ?? null,
  }));
}

/** What the tests of all depths together allow to be said: k depths are k chances of a false finding. */
export function testsSentence(
  metric: TableMetric,
  differences: readonly PairedDifference[],
  statistics: readonly DifferenceStatistics[],
): string {
  const tested = statistics.filter(({ test }) => test !== null);
  if (tested.length === 0) return 'No depth has pairs with a spread, so nothing is tested';
  if (tested.length === 1) return `One depth is tested (${tested[0]!.depth} layers), so nothing is adjusted`;
  const chance = Math.round(100 * (1 - (1 - LEVEL) ** tested.length));
  const alone = tested.filter(({ test }) => test!.p < LEVEL);
  const together = tested.filter(({ adjustedP }) => adjustedP! < LEVEL);
  const intro = `${tested.length} depths are ${tested.length} tests: were there no difference, one of the 95 % intervals would exclude 0 with a chance of about ${chance} %`;
  return `${intro}. ${adjustedSentence(metric, differences, alone, together)}`;
}

function adjustedSentence(
  metric: TableMetric,
  differences: readonly PairedDifference[],
  alone: readonly DifferenceStatistics[],
  together: readonly DifferenceStatistics[],
): string {
  const lost = alone.filter((one) => !together.includes(one));
  const named = together.map((one) => `${favoured(metric, differences, one)} (adjusted p = ${pText(one.adjustedP!)})`);
  const kept = named.length === 0 ? 'no depth shows a difference' : named.join('; ');
  const gone = lost.length === 0 ? '' : `; ${lost.map(({ depth }) => depth).join(', ')} layers no longer`;
  return `With Holm's adjustment ${kept}${gone}`;
}

function favoured(
  metric: TableMetric,
  differences: readonly PairedDifference[],
  { depth }: DifferenceStatistics,
): string {
  const mean = differences.find((difference) => difference.depth === depth)?.mean ?? 0;
  const { higherIsBetter, comparative } = METRICS[metric];
  return `${mean > 0 === higherIsBetter ? 'V2' : 'V1'} is ${comparative} at ${depth} layers`;
}

/** To two significant digits; small ones as a bound. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}
