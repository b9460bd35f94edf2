import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { readOwner, takeOwnership } from './ownership.ts';
import { temporaryFolder } from './store.fixture.ts';

const CONTENDER = `
  const { takeOwnership } = await import(${JSON.stringify(new URL('./ownership.ts', import.meta.url).href)});
  try {
    takeOwnership(process.argv[1], { shell: 'cli' });
    console.log('owner');
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.code + ': ' + error.message);
  }
`;

/** Another process that tries to own the file, and the line it answers. */
async function contend(file: string): Promise<{ child: ChildProcess; answer: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CONTENDER, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  for await (const answer of createInterface({ input: child.stdout })) return { child, answer };
  throw new Error('The contender said nothing');
}

it('lets one part of a process own a file, names the owner to the others, and hands over on release', () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  const ownership = takeOwnership(file, { shell: 'web' });
  ownership.announce('http://127.0.0.1:4000');
  expect(readOwner(file)).toMatchObject({ pid: process.pid, shell: 'web', address: 'http://127.0.0.1:4000' });
  expect(() => takeOwnership(file, { shell: 'cli' })).toThrow(UserError);
  expect(() => takeOwnership(file, { shell: 'cli' })).toThrow(`in use by process ${process.pid} (web)`);
  ownership.release();
  expect(existsSync(`${file}.owner.json`)).toBe(false);
  takeOwnership(file, { shell: 'cli' }).release();
});

it('has exactly one owner among processes that start at once, and a new one after kill -9', async () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  const contenders = await Promise.all([contend(file), contend(file), contend(file)]);
  const owners = contenders.filter(({ answer }) => answer === 'owner');
  expect(owners.length).toBe(1);
  for (const { answer } of contenders) expect(answer).toMatch(/^owner$|^conflict: This database is in use by/);
  const owner = owners[0]!.child;
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
  const next = takeOwnership(file, { shell: 'electron' });
  expect(readOwner(file)).toMatchObject({ pid: process.pid });
  next.release();
});

it('says so where the lock cannot be opened', () => {
  const file = join(temporaryFolder(), 'depthlab.db');
  mkdirSync(`${file}.lock`);
  expect(() => takeOwnership(file, { shell: 'cli' })).toThrow(
    expect.objectContaining({ code: 'unavailable', where: file, message: 'The database cannot be opened' }),
  );
});
