import { expect, it } from 'vitest';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

it('settings are shown and changed, with what the checkpoints take', async () => {
  const folder = temporaryFolder();
  expect((await run(folder, ...TINY)).code).toBe(0);
  const first = await runJson(folder, 'settings');
  expect(first.json).toMatchObject({ runsAtOnce: 1, keepEvery: null, checkpointBudgetBytes: null, setBy: {} });
  expect(first.json['checkpointBytes']).toBeGreaterThan(77_754 * 4);

  const changed = await runJson(folder, 'settings', '--keep-every', '10', '--checkpoint-budget', '50');
  expect(changed.json).toMatchObject({ keepEvery: 10, checkpointBudgetBytes: 50e9, deletedCheckpoints: 0 });
  expect((await run(folder, 'settings')).stdout).toMatch(/keep every +every 10\. checkpoint/);
  const off = await runJson(folder, 'settings', '--checkpoint-budget', 'off');
  expect(off.json).toMatchObject({ keepEvery: 10, checkpointBudgetBytes: null });

  const refused = await run(folder, 'settings', '--keep-every', '0');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('is at least 1');
  expect(refused.stderr).toContain('--keep-every');
});

it('a variable of the environment goes before a setting, and is named', async () => {
  const folder = temporaryFolder();
  process.env['DEPTHLAB_KEEP_EVERY'] = '7';
  try {
    const { json } = await runJson(folder, 'settings', '--keep-every', '10');
    expect(json).toMatchObject({ keepEvery: 7, setBy: { keepEvery: 'DEPTHLAB_KEEP_EVERY' } });
    expect((await run(folder, 'settings')).stdout).toContain('set by DEPTHLAB_KEEP_EVERY');
  } finally {
    delete process.env['DEPTHLAB_KEEP_EVERY'];
  }
  expect((await runJson(folder, 'settings')).json).toMatchObject({ keepEvery: 10, setBy: {} });
});
