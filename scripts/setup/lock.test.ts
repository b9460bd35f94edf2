import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isAlive, withLock } from './lock.mjs';
import { scratch } from './scratch.fixture.ts';

const never = () => {
  throw new Error('nobody holds the lock');
};

describe('the lock of the set-up', () => {
  it('is held while the work runs and gone afterwards', async () => {
    const file = join(scratch(), 'setup.lock');
    const held = await withLock(file, never, async () => existsSync(file));
    expect(held).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it('is released when the work fails', async () => {
    const file = join(scratch(), 'setup.lock');
    const work = async () => {
      throw new Error('no network');
    };
    await expect(withLock(file, never, work)).rejects.toThrow('no network');
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that died', async () => {
    const file = join(scratch(), 'setup.lock');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFileSync(file, JSON.stringify({ pid: child.pid, startedAt: '1' }));
    expect(await withLock(file, never, async () => 'done')).toBe('done');
  });

  it('is taken over when the number of the dead process was given to another', async () => {
    const file = join(scratch(), 'setup.lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'before this process' }));
    expect(isAlive({ pid: process.pid, startedAt: 'before this process' })).toBe(false);
    expect(await withLock(file, never, async () => 'done')).toBe('done');
  });

  it('is taken over when its file is damaged', async () => {
    const file = join(scratch(), 'setup.lock');
    writeFileSync(file, '');
    expect(await withLock(file, never, async () => 'done')).toBe('done');
  });

  it('lets one process in at a time', async () => {
    const folder = scratch();
    const log = join(folder, 'log');
    const worker = join(folder, 'worker.mjs');
    appendFileSync(
      worker,
      `import { appendFileSync } from 'node:fs';
       import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))};
       await withLock(${JSON.stringify(join(folder, 'setup.lock'))}, () => undefined, async () => {
         appendFileSync(${JSON.stringify(log)}, 'in ');
         await new Promise((resolve) => setTimeout(resolve, 40));
         appendFileSync(${JSON.stringify(log)}, 'out ');
       });`,
    );
    const run = promisify(execFile);
    await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, [worker])));
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
  });
});
