import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/contract/run.ts';
import { run, runJson, start, temporaryFolder, TINY } from './commandLine.ts';

const idsOf = (json: Record<string, unknown>) => (json['waiting'] as RunRow[]).map(({ id }) => id);

describe('runs that wait in another program', () => {
  it('are put in another order, and start in that order', async () => {
    const folder = temporaryFolder();
    const training = start(folder, 'train', '--arch', 'resnet_v2_20', '--data', 'digits', '--epochs', '1000');
    await training.said(/step [1-9]/);
    const waiting = [];
    for (const id of [2, 3, 4]) {
      const command = start(folder, ...TINY);
      await command.said(new RegExp(`run ${id} .*queued`));
      waiting.push(command);
    }
    expect(idsOf((await runJson(folder, 'runs', 'queue')).json)).toEqual([2, 3, 4]);
    expect((await runJson(folder, 'runs', 'next', '3')).json).toMatchObject({ id: 3, state: 'queued' });
    expect(idsOf((await runJson(folder, 'runs', 'queue')).json)).toEqual([3, 2, 4]);
    expect(idsOf((await runJson(folder, 'runs', 'move', '2', '--last')).json)).toEqual([3, 4, 2]);
    const nowhere = await runJson(folder, 'runs', 'next', '1');
    expect([nowhere.code, nowhere.json]).toMatchObject([1, { error: { code: 'conflict', where: 'run 1' } }]);

    await run(folder, 'runs', 'stop', '1');
    await Promise.all([training, ...waiting].map(({ ended }) => ended));
    const { runs } = (await runJson(folder, 'runs', 'list')).json as unknown as { runs: RunRow[] };
    expect(runs.toSorted((one, other) => one.startedAt! - other.startedAt!).map(({ id }) => id)).toEqual([1, 3, 4, 2]);
  });
});
