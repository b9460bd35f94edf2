import { describe, expect, it } from 'vitest';
import type { RunDetail, RunRow } from '../../src/contract/run.ts';
import { run, runJson, start, temporaryFolder, type RunningCommand } from './commandLine.ts';

/** Far from its end, with epochs of many steps, so that a signal comes in the middle of one. */
const LONG = ['--arch', 'resnet_v2_20', '--data', 'digits', '--batch-size', '16', '--epochs', '1000'];

/** What a service manager gives a program before it is killed, with its data safe. */
const TIME_TO_END_MS = 10_000;

async function terminate({ child, ended }: RunningCommand): Promise<{ code: number | null; ms: number }> {
  const start = performance.now();
  child.kill('SIGTERM');
  const { code } = await ended;
  return { code, ms: performance.now() - start };
}

async function detailOf(folder: string, id = 1): Promise<RunDetail> {
  return (await runJson(folder, 'runs', 'show', String(id))).json as unknown as RunDetail;
}

/** Waits, as another program, for a step in the middle of an epoch, as long as the command that trains goes on. */
function untilMidEpoch(folder: string, training: RunningCommand): Promise<void> {
  return beforeItsEnd(training, midEpoch(folder));
}

async function beforeItsEnd(training: RunningCommand, event: Promise<void>): Promise<void> {
  const early = training.ended.then(({ stdout, stderr }) => {
    throw new Error(`It ended before it was told to:\n${stdout}${stderr}`);
  });
  await Promise.race([event, early]);
}

async function midEpoch(folder: string): Promise<void> {
  for (;;) {
    const { json } = await runJson(folder, 'runs', 'list');
    const first = (json['runs'] as RunRow[]).find(({ id }) => id === 1);
    if (first && first.lastStep > 3 && first.lastStep % first.stepsPerEpoch < first.stepsPerEpoch / 2) return;
  }
}

/** Stopped with a checkpoint of its last step, before its last epoch, by words that the next start knows. */
async function expectResumable(folder: string): Promise<void> {
  const { run: row, checkpoints } = await detailOf(folder);
  expect(row).toMatchObject({ state: 'stopped', reason: 'Depthlab was closed' });
  expect(row.testAccuracy).toBeNull();
  expect(checkpoints.map(({ step }) => step)).toContain(row.lastStep);
}

describe('SIGTERM in the middle of an epoch', () => {
  it('ends "train" in time, with a checkpoint of the last step, from which it goes on', async () => {
    const folder = temporaryFolder();
    const training = start(folder, 'train', ...LONG, '--json');
    await untilMidEpoch(folder, training);
    const { code, ms } = await terminate(training);
    expect(code).toBe(130);
    expect(ms).toBeLessThan(TIME_TO_END_MS);
    expect(JSON.parse((await training.ended).stdout)).toMatchObject({ status: 'stopped' });
    await expectResumable(folder);

    const { lastStep } = (await detailOf(folder)).run;
    const resumed = start(folder, 'runs', 'resume', '1');
    await beforeItsEnd(resumed, untilStep(folder, lastStep + 1));
    await terminate(resumed);
    const { events } = await detailOf(folder);
    expect(events.filter(({ text }) => text.startsWith('running'))).toHaveLength(2);
  });

  it('ends "study" in time, and says of those that waited why they did not start', async () => {
    const folder = temporaryFolder();
    const study = start(
      folder,
      'study',
      '--depths',
      '20',
      '--seeds',
      '2',
      '--batch-size',
      '16',
      '--epochs',
      '1000',
      '--json',
    );
    await untilMidEpoch(folder, study);
    const { ms } = await terminate(study);
    expect(ms).toBeLessThan(TIME_TO_END_MS);
    await expectResumable(folder);
    expect((await detailOf(folder, 4)).run).toMatchObject({
      state: 'stopped',
      reason: 'Depthlab was closed before its turn',
    });
  });

  it('ends "serve" in time, and its trainers with it', async () => {
    const folder = temporaryFolder();
    const server = start(folder, 'serve', '--json');
    await server.said(/"port"/);
    const client = start(folder, 'train', ...LONG);
    await untilMidEpoch(folder, client);
    const { code, ms } = await terminate(server);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(TIME_TO_END_MS);
    // It was a client, and its run has ended with the server.
    expect((await client.ended).stdout).toContain('stopped: Depthlab was closed');
    await expectResumable(folder);
  });
});

async function untilStep(folder: string, step: number): Promise<void> {
  while ((await detailOf(folder)).run.lastStep < step) await run(folder, 'runs', 'list');
}
