import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, readJson, writeJson } from './files.mjs';
import { scratch } from './scratch.fixture.ts';

describe('a folder that is made whole or not at all', () => {
  it('appears with its content', async () => {
    const parent = scratch();
    await makeFolder(join(parent, 'runtime'), async (folder) => writeFileSync(join(folder, 'a'), 'a'));
    expect(readdirSync(parent)).toEqual(['runtime']);
    expect(readFileSync(join(parent, 'runtime/a'), 'utf8')).toBe('a');
  });

  it('leaves nothing behind when filling it fails', async () => {
    const parent = scratch();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const fill = async (folder: string) => {
      writeFileSync(join(folder, 'half'), 'x');
      throw full;
    };
    await expect(makeFolder(join(parent, 'runtime'), fill)).rejects.toBe(full);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('keeps the whole one that was there when a new one fails', async () => {
    const parent = scratch();
    await makeFolder(join(parent, 'runtime'), async (folder) => writeFileSync(join(folder, 'a'), 'old'));
    await expect(
      makeFolder(join(parent, 'runtime'), async () => {
        throw new Error('interrupted');
      }),
    ).rejects.toThrow('interrupted');
    expect(readFileSync(join(parent, 'runtime/a'), 'utf8')).toBe('old');
  });

  it('clears away what a killed set-up left', async () => {
    const parent = scratch();
    mkdirSync(join(parent, 'runtime.4711.partial'));
    mkdirSync(join(parent, 'runtime-2'));
    await makeFolder(join(parent, 'runtime'), async () => undefined);
    expect(readdirSync(parent).sort()).toEqual(['runtime', 'runtime-2']);
  });
});

describe('a stamp', () => {
  it('is read back as it was written', async () => {
    const file = join(scratch(), 'deep', 'stamp.json');
    await writeJson(file, { sha256: 'abc' });
    expect(readJson(file)).toEqual({ sha256: 'abc' });
  });

  it('that is cut off proves nothing', () => {
    const file = join(scratch(), 'stamp.json');
    writeFileSync(file, '{"sha256": "ab');
    expect(readJson(file)).toBeUndefined();
    expect(existsSync(`${file}.partial`)).toBe(false);
  });
});
