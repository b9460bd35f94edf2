import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { toBytes } from './chunks.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { frame, runningRun, temporaryFolder } from './store.fixture.ts';

const STEPS = 1500;

function readAll(store: Store, id: number): Buffer {
  const loss = store.steps.readSeries(id, 'loss').values;
  const maps = [STEPS, 150, 16].map((columns) =>
    toBytes(store.steps.readFlowMap(id, 'gradientNorm', { columns }).values),
  );
  store.runs.detail(id);
  return Buffer.concat([toBytes(loss), ...maps]);
}

it('meets any flipped or zeroed bytes with a refusal, the right numbers, or a segment that no longer has its hash', () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  const store = openStore(file);
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, STEPS), 1);
  store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
  const expected = readAll(store, id);
  store.close();
  const whole = readFileSync(file);
  const outcomes = { refused: 0, right: 0, found: 0 };
  const damaged = join(temporaryFolder(), 'depthlab.db');

  const meet = (bytes: Buffer) => {
    writeFileSync(damaged, bytes);
    let open: Store | null = null;
    try {
      open = openStore(damaged, { readOnly: true });
      const values = readAll(open, id);
      if (values.equals(expected)) outcomes.right += 1;
      else {
        expect(open.steps.verify(id)).not.toEqual([]);
        outcomes.found += 1;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcomes.refused += 1;
    } finally {
      open?.close();
    }
    expect(readFileSync(damaged).equals(bytes)).toBe(true);
  };

  const place = fc.nat({ max: whole.length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 1, 1, 64, 4096), (offset, mask, length) => {
      const bytes = Buffer.from(whole);
      if (length === 1) bytes[offset]! ^= mask;
      else bytes.fill(0, offset, Math.min(bytes.length, offset + length));
      meet(bytes);
    }),
    { numRuns: 150 },
  );
  expect(outcomes.found).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);
});
