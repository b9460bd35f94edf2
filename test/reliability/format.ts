import type { ReliabilityTest, Trials } from './reliabilityTest.ts';

const SHOWN = 5;

/** One promise's trials as lines of text. */
export function formatResult(
  test: ReliabilityTest,
  control: Trials,
  { trials, broken, figures }: Trials,
  ms: number,
): string {
  const found = `${control.broken.length} faults found in ${control.trials} trials`;
  return [
    `${test.name}: ${test.promise}`,
    `  trials    ${trials}, ${broken.length} broken, in ${(ms / 1000).toFixed(0)} s`,
    `  control   ${test.control.what}: ${control.broken.length === 0 ? 'NOT FOUND OUT' : found}`,
    ...figures.map((figure) => `  figure    ${figure}`),
    ...broken.slice(0, SHOWN).map((what) => `  BROKEN    ${what}`),
    '',
  ].join('\n');
}
