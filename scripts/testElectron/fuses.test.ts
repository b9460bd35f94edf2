import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../setup/scratch.fixture.ts';
import { setFuses } from './fuses.mjs';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

describe('the fuses of the test Electron', () => {
  it('let --inspect in and leave the foreign snapshot out, wherever they lie', async () => {
    const binary = join(scratch(), 'electron');
    const block = 8 << 20;
    writeFileSync(
      binary,
      Buffer.concat([Buffer.alloc(block - 10), Buffer.from(`${sentinel}\x01\x0801100110`), Buffer.alloc(9)]),
    );
    await setFuses(binary);
    const wire = readFileSync(binary)
      .subarray(block - 10 + sentinel.length + 2)
      .toString('latin1', 0, 8);
    expect(wire).toBe('01110100');
  });

  it('are missed in a file that is no Electron', async () => {
    const binary = join(scratch(), 'electron');
    writeFileSync(binary, 'nothing');
    await expect(setFuses(binary)).rejects.toThrow('no Electron fuses');
  });
});
