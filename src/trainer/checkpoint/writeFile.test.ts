import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeWhole } from './writeFile.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-write-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('writeWhole', () => {
  it('writes all parts under the final name and nothing else', () => {
    const folder = temporaryFolder();
    const parts = [Buffer.from('head'), new Uint8Array(100_000).fill(7), new Uint8Array()];
    const whole = Buffer.concat(parts);
    expect(writeWhole(folder, 'a.safetensors', parts)).toEqual({
      file: join(folder, 'a.safetensors'),
      bytes: whole.length,
      sha256: createHash('sha256').update(whole).digest('hex'),
    });
    expect(readdirSync(folder)).toEqual(['a.safetensors']);
    expect(readFileSync(join(folder, 'a.safetensors')).equals(whole)).toBe(true);
  });

  it('replaces what a killed trainer left half written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.partial'), 'longer than what follows');
    writeWhole(folder, 'a', [Buffer.from('new')]);
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
  });

  it('says what the disk refused and leaves nothing behind', () => {
    const folder = temporaryFolder();
    expect(() => writeWhole(join(folder, 'absent'), 'a', [])).toThrow(/cannot be written: ENOENT/);
    mkdirSync(join(folder, 'a'));
    expect(() => writeWhole(folder, 'a', [Buffer.from('x')])).toThrow(/cannot be written/);
    expect(readdirSync(folder)).toEqual(['a']);
  });
});
