import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/contract/run.ts';
import { run, start, temporaryFolder, TINY } from './commandLine.ts';

const LONG = ['train', '--arch', 'resnet_v2_8', '--epochs', '5000', '--json'];

/** One JSON document a line. */
function rowsIn(text: string): RunRow[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunRow);
}

describe('watching', () => {
  it('says so where nothing trains', async () => {
    const folder = temporaryFolder();
    await run(folder, ...TINY);
    const all = await run(folder, 'runs', 'watch');
    expect([all.code, all.stdout]).toEqual([0, 'No run trains or waits: there is nothing to watch.\n']);
    const asJson = await run(folder, 'runs', 'watch', '--json');
    expect([asJson.code, asJson.stdout, asJson.stderr]).toEqual([0, '', expect.stringContaining('nothing to watch')]);
    const one = await run(folder, 'runs', 'watch', '1');
    expect([one.code, one.stderr]).toEqual([0, expect.stringMatching(/run 1 resnet_v2_8 seed \d+ finished/)]);
    const none = await run(folder, 'runs', 'watch', '1', '99');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no run 99')]);
  });

  it('follows what another application trains to its end, and what it queued; Ctrl-C ends no run', async () => {
    const folder = temporaryFolder();
    const training = start(folder, ...LONG);
    await training.said(/step [1-9]/);
    const waiting = start(folder, ...TINY, '--json');
    await waiting.said(/run 2 .*queued/);

    const left = start(folder, 'runs', 'watch');
    await left.said(/step [1-9][\s\S]*1 waiting/);
    left.child.kill('SIGINT');
    const leaving = await left.ended;
    expect(leaving.code).toBe(130);
    expect(leaving.stderr.match(/No longer watching\. The runs go on\./g)).toHaveLength(1);

    const all = start(folder, 'runs', 'watch', '--json');
    const second = start(folder, 'runs', 'watch', '2');
    await all.said(/"running"/);
    expect((await run(folder, 'runs', 'stop', '1')).code).toBe(0);
    expect((await second.ended).stderr).toMatch(/run 2 resnet_v2_8 seed \d+ finished/);
    const watched = await all.ended;
    expect(watched.code, watched.stderr).toBe(0);
    const rows = rowsIn(watched.stdout);
    const newest = new Map(rows.map(({ id, state }) => [id, state]));
    expect(newest).toEqual(
      new Map([
        [1, 'stopped'],
        [2, 'finished'],
      ]),
    );
    const steps = rows.filter(({ id }) => id === 1).map(({ lastStep }) => lastStep);
    expect(steps).toEqual(steps.toSorted((one, other) => one - other));
    await Promise.all([training.ended, waiting.ended]);
  });

  it('shows the end of a run whose application closes with it', async () => {
    const folder = temporaryFolder();
    const training = start(folder, 'train', '--arch', 'resnet_v2_8', '--max-steps', '400', '--json');
    await training.said(/step [1-9]/);
    const { code, stdout, stderr } = await run(folder, 'runs', 'watch', '1', '--json');
    expect(code, stderr).toBe(0);
    expect(rowsIn(stdout).at(-1)).toMatchObject({ id: 1, state: 'finished' });
    await training.ended;
  });

  it('says that the application has ended which trained what it watches', async () => {
    const folder = temporaryFolder();
    const training = start(folder, ...LONG);
    await training.said(/step [1-9]/);
    const watching = start(folder, 'runs', 'watch', '1');
    await watching.said(/step [1-9]/);
    training.child.kill('SIGKILL');
    const { code, stderr } = await watching.ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('The application that trained them has ended')]);
  });
});
