import { existsSync, readFileSync, readlinkSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeZip, scratch } from './scratch.fixture.ts';
import { listZip, unzip } from './zip.mjs';

describe('unpacking a zip archive', () => {
  it('writes the members that have a place, and no others', async () => {
    const folder = scratch();
    makeZip(join(folder, 'a.zip'), [
      { name: 'lib/one.so', content: 'one'.repeat(5000) },
      { name: 'lib/two.so', content: 'two', store: true },
      { name: 'doc/', content: '', store: true },
      { name: 'doc/readme', content: '' },
    ]);
    const place = (name: string) => (name.startsWith('lib/') ? name.slice(4) : undefined);
    expect(await unzip(join(folder, 'a.zip'), join(folder, 'out'), place)).toBe(2);
    expect(readFileSync(join(folder, 'out/one.so'), 'utf8')).toBe('one'.repeat(5000));
    expect(readFileSync(join(folder, 'out/two.so'), 'utf8')).toBe('two');
    expect(existsSync(join(folder, 'out/doc'))).toBe(false);
  });

  it('keeps the executable bit and links', async () => {
    const folder = scratch();
    makeZip(join(folder, 'a.zip'), [
      { name: 'run', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'link', content: 'run', mode: 0o120777 },
      { name: 'empty', content: '', store: true },
    ]);
    await unzip(join(folder, 'a.zip'), folder, (name) => name);
    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(folder, 'link'))).toBe('run');
    expect(statSync(join(folder, 'empty')).size).toBe(0);
  });

  it('refuses an entry outside the folder', async () => {
    const folder = scratch();
    makeZip(join(folder, 'a.zip'), [{ name: '../evil', content: 'x' }]);
    await expect(unzip(join(folder, 'a.zip'), join(folder, 'out'), (name) => name)).rejects.toThrow(
      'outside its folder',
    );
  });

  it('refuses an archive that was cut off', async () => {
    const folder = scratch();
    const file = join(folder, 'a.zip');
    makeZip(file, [{ name: 'a', content: 'content'.repeat(100), store: true }]);
    truncateSync(file, statSync(file).size - 60);
    await expect(listZip(file)).rejects.toThrow('not a whole zip archive');
  });

  it('notices a member that is shorter than promised', async () => {
    const folder = scratch();
    const file = join(folder, 'a.zip');
    makeZip(file, [{ name: 'a', content: 'content' }]);
    const bytes = readFileSync(file);
    bytes.writeUInt32LE(99, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    writeFileSync(file, bytes);
    await expect(unzip(file, folder, (name) => name)).rejects.toThrow('7 bytes in place of 99');
  });
});
