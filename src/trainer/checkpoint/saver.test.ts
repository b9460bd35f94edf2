import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSaver } from './saver.ts';

const BYTES = 128 * 2 ** 20;

function opened() {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-save-'));
  const saver = createSaver();
  onTestFinished(async () => {
    await saver.close();
    rmSync(folder, { recursive: true });
  });
  return { folder, saver };
}

/** The longest time for which this thread could do nothing else. */
async function longestStallMs(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await work;
  clearInterval(timer);
  return longest;
}

it('writes a whole file while this thread goes on, and takes the memory over without a copy', async () => {
  const { folder, saver } = opened();
  const part = new Uint8Array(BYTES).fill(7);
  const start = performance.now();
  const saving = saver.save({ folder, name: 'a', parts: [part] });
  expect(part.byteLength).toBe(0);
  const stallMs = await longestStallMs(saving);
  const totalMs = performance.now() - start;
  expect(stallMs).toBeLessThan(totalMs / 2);
  expect(await saving).toMatchObject({ file: join(folder, 'a'), bytes: BYTES });
  expect(readFileSync(join(folder, 'a')).equals(Buffer.alloc(BYTES, 7))).toBe(true);
});

it('says what the disk refused, and takes the next one', async () => {
  const { folder, saver } = opened();
  const parts = [new Uint8Array(10)];
  await expect(saver.save({ folder: join(folder, 'absent'), name: 'a', parts })).rejects.toThrow(
    'The checkpoint cannot be written: ENOENT',
  );
  expect(saver.trouble()).toBeNull();
  expect(await saver.save({ folder, name: 'b', parts: [new Uint8Array(10)] })).toMatchObject({ bytes: 10 });
});
