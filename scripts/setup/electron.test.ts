import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFresh, provideElectron } from './electron.mjs';
import { scratch } from './scratch.fixture.ts';

const say = () => {
  throw new Error('nothing is fetched here');
};

describe('an Electron of the user', () => {
  it('is taken from ELECTRON_OVERRIDE_DIST_PATH', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'electron'), '');
    const answer = await provideElectron(say, { env: { ELECTRON_OVERRIDE_DIST_PATH: folder } });
    expect(answer).toEqual({ binary: join(folder, 'electron') });
  });

  it('that is not there is said', async () => {
    const answer = await provideElectron(say, { env: { ELECTRON_OVERRIDE_DIST_PATH: scratch() } });
    expect(answer).toHaveProperty('missing', expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH'));
  });
});

describe('a refused download', () => {
  const refusal = { at: 1_000_000, version: '45.4.1', cause: 'refused' };
  const hour = 3_600_000;

  it('is remembered for a day, for its version', () => {
    expect(isFresh(refusal, '45.4.1', refusal.at + hour)).toBe(true);
    expect(isFresh(refusal, '45.4.1', refusal.at + 25 * hour)).toBe(false);
    expect(isFresh(refusal, '46.0.0', refusal.at + hour)).toBe(false);
  });

  it('is not believed from the future or when damaged', () => {
    expect(isFresh(refusal, '45.4.1', refusal.at - hour)).toBe(false);
    expect(isFresh({ at: 'x' }, '45.4.1', refusal.at)).toBe(false);
    expect(isFresh(undefined, '45.4.1', refusal.at)).toBe(false);
  });
});
