import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, runJson, start, temporaryFolder, TINY } from './commandLine.ts';

describe('one owner a database', () => {
  it('lets a second program join the first as its client', async () => {
    const folder = temporaryFolder();
    const first = start(folder, 'train', '--arch', 'resnet_v2_8', '--epochs', '1000', '--json');
    await first.said(/step [1-9]/);
    const list = await runJson(folder, 'runs', 'list');
    expect(list.json['runs']).toMatchObject([{ id: 1, state: 'running' }]);

    const second = start(folder, ...TINY, '--json');
    await second.said(/run 2 .*queued/);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
    await second.ended;
  });

  it('gives the database up when its owner ends', async () => {
    const folder = temporaryFolder();
    await run(folder, ...TINY);
    const again = await runJson(folder, ...TINY);
    expect(again.json).toMatchObject({ runId: 2, status: 'finished' });
  });
});

describe('a database of a newer version', () => {
  it('is refused and not touched', async () => {
    const folder = temporaryFolder();
    await run(folder, ...TINY);
    const file = join(folder, 'depthlab.db');
    const bump =
      "import D from 'better-sqlite3'; const d = new D(process.argv[1]); d.pragma('user_version = 9999'); d.pragma('wal_checkpoint(TRUNCATE)'); d.pragma('journal_mode = DELETE'); d.close();";
    execFileSync(process.execPath, ['--input-type=module', '-e', bump, file], {
      cwd: join(import.meta.dirname, '../..'),
    });
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
    const before = hash();
    const { code, json } = await runJson(folder, 'runs', 'list');
    expect(code).toBeGreaterThan(0);
    expect((json['error'] as { message: string }).message).toMatch(/newer/);
    expect(hash()).toBe(before);
  });
});

describe('the web host beside another owner', () => {
  it('takes the database over when its owner ends', async () => {
    const folder = temporaryFolder();
    const first = start(folder, 'train', '--arch', 'resnet_v2_8', '--epochs', '1000', '--json');
    await first.said(/step [1-9]/);
    const web = start(folder, 'serve', '--json');
    await web.said(/"port"/);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
    // Whoever asks now is a client of the web host.
    const trained = await runJson(folder, ...TINY);
    expect(trained.json).toMatchObject({ runId: 2, status: 'finished' });
    web.child.kill('SIGINT');
    expect((await web.ended).code).toBe(0);
  });
});
