import { describe, expect, it } from 'vitest';
import { run, start, temporaryFolder, TINY } from './commandLine.ts';

const LONG = ['train', '--arch', 'resnet_v2_8', '--epochs', '5000', '--json'];

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
