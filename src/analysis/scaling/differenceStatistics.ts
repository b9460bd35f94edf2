import type { StudyTable } from '../../contract/study.ts';
import type { DifferenceStatistics } from '../../contract/studyReport.ts';
import { METRICS } from '../metrics.ts';
import { pairedDifferences } from '../pairedDifferences.ts';
import { labelOf } from '../studySeries.ts';
import { bootstrapIntervals } from './bootstrap.ts';
import { holm } from './holm.ts';
import { pairedTest } from './pairedTest.ts';

const LEVEL = 0.05;

/** Of each difference of a table: bootstrap intervals, the paired t test, and Holm's adjustment over all of them. */
export function differenceStatistics({ cells, differences: rows }: StudyTable): DifferenceStatistics[] {
  const pairs = rows.map(({ series, against, depth }) => {
    const cellOf = (id: string) => cells.find((cell) => cell.series === id && cell.depth === depth)!;
    return { series, depth, differences: pairedDifferences(cellOf(against), cellOf(series)) };
  });
  const tests = pairs.map(({ differences }) => pairedTest(differences));
  const tested = [...tests.keys()].filter((index) => tests[index] !== null);
  const adjusted = holm(tested.map((index) => tests[index]!.p));
  return pairs.map(({ series, depth, differences }, index) => ({
    series,
    depth,
    bootstrap: bootstrapIntervals(differences),
    test: tests[index] ?? null,
    adjustedP: adjusted[tested.indexOf(index)] ?? null,
  }));
}

/** What all tests together allow to be said: k tests are k chances of a false finding. */
export function testsSentence(table: StudyTable, statistics: readonly DifferenceStatistics[]): string {
  const tested = statistics.filter(({ test }) => test !== null);
  if (tested.length === 0) return 'No pairs have a spread, so nothing is tested';
  if (tested.length === 1) return `One difference is tested (${tested[0]!.depth} layers), so nothing is adjusted`;
  const chance = Math.round(100 * (1 - (1 - LEVEL) ** tested.length));
  const intro = `${tested.length} differences are ${tested.length} tests: were there none, one of the 95 % intervals would exclude 0 with a chance of about ${chance} %`;
  return `${intro}. With Holm's adjustment ${adjustedSentence(table, tested)}`;
}

function adjustedSentence(table: StudyTable, tested: readonly DifferenceStatistics[]): string {
  const together = tested.filter(({ adjustedP }) => adjustedP! < LEVEL);
  const lost = tested.filter((one) => one.test!.p < LEVEL && !together.includes(one));
  const named = together.map((one) => `${finding(table, one)} (adjusted p ${pEquals(one.adjustedP!)})`);
  const gone = lost.map((one) => finding(table, one));
  return [
    named.length === 0 ? 'no difference is shown' : named.join('; '),
    ...(gone.length === 0 ? [] : [`no longer: ${gone.join('; ')}`]),
  ].join('; ');
}

function finding({ metric, series: heads, differences }: StudyTable, one: DifferenceStatistics): string {
  const difference = differences.find(({ series, depth }) => series === one.series && depth === one.depth)!;
  const { higherIsBetter, comparative } = METRICS[metric];
  const isAhead = (difference.mean ?? 0) > 0 === higherIsBetter;
  const [first, second] = [labelOf(heads, one.series), labelOf(heads, difference.against)];
  return `${isAhead ? first : second} is ${comparative} than ${isAhead ? second : first} at ${one.depth} layers`;
}

/** `< 0.001` or `= 0.012`. */
export function pEquals(p: number): string {
  return p < 0.001 ? pText(p) : `= ${pText(p)}`;
}

/** To two significant digits; small ones as a bound. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}
