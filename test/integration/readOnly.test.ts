import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { run, runJson, temporaryFolder } from './commandLine.ts';
import { mountReadOnly, mountRefused } from './readOnlyMount.ts';

const DIGITS = resolve(import.meta.dirname, '../../docs/results/digits.db');

/** Commands that only ask, with what each of them says of the digits study. */
const QUESTIONS: readonly (readonly [string[], RegExp])[] = [
  [['runs', 'list'], /resnet_v2_110/],
  [['runs', 'show', '1', '--series', 'loss'], /\bstep\b/],
  [['study', 'list'], /105/],
  [['study', 'show', '1'], /110/],
  [['study', 'report', '1'], /## /],
  [['compare', '1', '2'], /seed/],
  [['export', '--study', '1', '--format', 'csv'], /depth/],
  [['norms', '1'], /norm/i],
  [['flow', '1'], /./],
  [['health', '1'], /./],
  [['data', 'list'], /digits/],
];

/** Commands that would change something. */
const CHANGES: readonly string[][] = [
  ['train', '--arch', 'resnet_v2_8', '--max-steps', '3'],
  ['study', 'grow', '1', '--seeds', '6'],
  ['runs', 'delete', '1'],
  ['runs', 'resume', '1'],
  ['runs', 'fork', '1'],
  ['data', 'add', DIGITS, '--name', 'mine'],
];

function stateOf(folder: string) {
  return readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return [name, createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs];
  });
}

async function expectReading(home: string, database: string[], of: string): Promise<void> {
  const before = stateOf(of);
  for (const [command, expected] of QUESTIONS) {
    const { code, stdout, stderr } = await run(home, ...command, ...database);
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  }
  for (const command of CHANGES) {
    const { code, stderr } = await run(home, ...command, ...database);
    expect({ command, code }).toEqual({ command, code: 1 });
    expect(stderr).toMatch(/This database is open for reading only.*\n?.*copy the file to a folder of your own/s);
  }
  expect(stateOf(of)).toEqual(before);
}

describe('a database that is only read', () => {
  const refused = mountRefused();
  it.skipIf(refused !== null)(
    `on a read-only file system${refused === null ? '' : ` (skipped: ${refused})`} is read, and changes are refused`,
    async () => {
      const [home, folder] = [temporaryFolder(), temporaryFolder()];
      copyFileSync(DIGITS, join(folder, 'digits.db'));
      const mounted = mountReadOnly(folder, home);
      await expectReading(home, ['--db', join(mounted, 'digits.db')], folder);
      const copied = await runJson(
        home,
        ...['study', 'copy', '1', join(home, 'own.db'), '--db', join(mounted, 'digits.db')],
      );
      expect(copied).toMatchObject({ code: 0, json: { file: join(home, 'own.db') } });
      expect((await runJson(home, 'runs', 'list', '--db', join(home, 'own.db'))).json['runs']).toHaveLength(105);
    },
  );

  it.skipIf(refused !== null)(
    `where its writer was killed on a file system that is read-only now${refused === null ? '' : ` (skipped: ${refused})`}`,
    async () => {
      const [home, folder] = [temporaryFolder(), temporaryFolder()];
      const file = join(folder, 'digits.db');
      copyFileSync(DIGITS, join(home, 'digits.db'));
      const writer = new SQLite(join(home, 'digits.db'));
      writer.exec("UPDATE runs SET name = 'in the log' WHERE id = 1");
      copyFileSync(join(home, 'digits.db'), file);
      copyFileSync(join(home, 'digits.db-wal'), `${file}-wal`);
      writer.close();
      const before = stateOf(folder);
      const mounted = mountReadOnly(folder, home);
      const { stdout, stderr } = await run(home, 'runs', 'show', '1', '--db', join(mounted, 'digits.db'));
      expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringContaining('in the log'), stderr: '' });
      expect(stateOf(folder)).toEqual(before);
    },
  );

  it('--read-only does the same anywhere', async () => {
    const [home, folder] = [temporaryFolder(), temporaryFolder()];
    copyFileSync(DIGITS, join(folder, 'digits.db'));
    await expectReading(home, ['--db', join(folder, 'digits.db'), '--read-only'], folder);
    rmSync(join(folder, 'digits.db'));
    const { code, stderr } = await run(home, 'runs', 'list', '--db', join(folder, 'digits.db'), '--read-only');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no database') });
  });
});
