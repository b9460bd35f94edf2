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
  [['study', 'report', '1'], /## /],
  [['compare', '1', '2'], /seed/],
  [['export', '--study', '1', '--format', 'csv'], /Depth/],
  [['flow', '1'], /gradientNorm/],
  [['health', '1'], /healthy/],
];

/** Commands that would change something. */
const CHANGES: readonly string[][] = [
  ['train', '--arch', 'resnet_v2_8', '--max-steps', '3'],
  ['study', 'grow', '1', '--seeds', '6'],
  ['runs', 'delete', '1'],
  ['data', 'add', DIGITS, '--name', 'mine'],
];

function stateOf(folder: string) {
  return readdirSync(folder).map((name) => {
    const file = join(folder, name);
    return [name, createHash('sha256').update(readFileSync(file)).digest('hex'), statSync(file).mtimeMs];
  });
}

/** Asks and tries to change a database in a folder, which stays as it is. */
async function expectReading(
  home: string,
  database: string[],
  folder: string,
  questions: typeof QUESTIONS,
  changes: typeof CHANGES,
): Promise<void> {
  const before = stateOf(folder);
  for (const [command, expected] of questions) {
    const { code, stdout, stderr } = await run(home, ...command, ...database);
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  }
  for (const command of changes) {
    const { code, stderr } = await run(home, ...command, ...database);
    expect({ command, code }).toEqual({ command, code: 1 });
    expect(stderr).toMatch(/This database is open for reading only.*\n?.*copy the file to a folder of your own/s);
  }
  expect(stateOf(folder)).toEqual(before);
}

describe('a database that is only read', () => {
  const refused = mountRefused();
  it.skipIf(refused !== null)(
    `on a read-only file system${refused === null ? '' : ` (skipped: ${refused})`} is read, and changes are refused`,
    async () => {
      const [home, folder] = [temporaryFolder(), temporaryFolder()];
      copyFileSync(DIGITS, join(folder, 'digits.db'));
      const mounted = mountReadOnly(folder, home);
      await expectReading(
        home,
        ['--db', join(mounted, 'digits.db')],
        folder,
        QUESTIONS.slice(0, 1),
        CHANGES.slice(0, 1),
      );
      const copy = ['study', 'copy', '1', join(home, 'own.db'), '--layers', 'none', '--db', join(mounted, 'digits.db')];
      expect(await runJson(home, ...copy)).toMatchObject({ code: 0, json: { file: join(home, 'own.db') } });
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
      writer.pragma('journal_mode = WAL');
      writer.exec("UPDATE runs SET name = 'in the log' WHERE id = 1");
      copyFileSync(join(home, 'digits.db'), file);
      copyFileSync(join(home, 'digits.db-wal'), `${file}-wal`);
      writer.close();
      const before = stateOf(folder);
      const mounted = mountReadOnly(folder, home);
      const { stdout, stderr } = await run(home, 'runs', 'show', '1', '--db', join(mounted, 'digits.db'));
      expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringContaining('in the log') as string, stderr: '' });
      expect(stateOf(folder)).toEqual(before);
    },
  );

  it('--read-only does the same anywhere', async () => {
    const [home, folder] = [temporaryFolder(), temporaryFolder()];
    copyFileSync(DIGITS, join(folder, 'digits.db'));
    await expectReading(home, ['--db', join(folder, 'digits.db'), '--read-only'], folder, QUESTIONS, CHANGES);
    rmSync(join(folder, 'digits.db'));
    const { code, stderr } = await run(home, 'runs', 'list', '--db', join(folder, 'digits.db'), '--read-only');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no database') as string,
    });
  });
});
