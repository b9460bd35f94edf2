import { describe, expect, it } from 'vitest';
import { reliabilityTests } from '../reliability/tests.ts';

/** Few trials of each promise; `npm run reliability` makes many. */
const SEED = 7;
const isOver = () => false;

describe.each(reliabilityTests)('$name: $promise', ({ missing, control, counts, run }) => {
  const lacking = missing?.() ?? null;

  it.skipIf(lacking !== null)(`is broken by ${control.what} (negative control)${note(lacking)}`, async () => {
    const { broken } = await control.run({ trials: control.trials, seed: SEED, isOver });
    expect(broken).not.toEqual([]);
  });

  it.skipIf(lacking !== null)(`holds over ${counts.short} trials${note(lacking)}`, async () => {
    const { broken, trials } = await run({ trials: counts.short, seed: SEED, isOver });
    expect(broken).toEqual([]);
    expect(trials).toBeGreaterThanOrEqual(counts.short);
  });
});

function note(lacking: string | null): string {
  return lacking === null ? '' : `, left out: ${lacking}`;
}
