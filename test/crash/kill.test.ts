import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runJson, start, temporaryFolder, type RunningCommand } from '../integration/commandLine.ts';
import { childrenOf, isAlive, timeToEnd } from './processes.ts';

const LONG = ['train', '--arch', 'resnet_v2_8', '--batch-size', '16', '--epochs', '1000', '--json'];

interface Recorded {
  readonly state: string;
  readonly reason: string;
  readonly lastStep: number;
}

/** Starts a long run and waits until its first steps are in the file. */
async function startTraining(folder: string): Promise<{ command: RunningCommand; trainer: number }> {
  const command = start(folder, ...LONG);
  await command.said(/step [1-9]/);
  const [trainer] = childrenOf(command.child.pid!);
  return { command, trainer: trainer! };
}

/** What the store says of run 1 and its losses, read by a new process. */
async function recorded(folder: string): Promise<{ run: Recorded; losses: number[] }> {
  const { json } = await runJson(folder, 'runs', 'show', '1', '--series', 'loss');
  const { loss } = json['series'] as { loss: { firstStep: number; values: number[] } };
  expect(loss.firstStep).toBe(1);
  return { run: json['run'] as Recorded, losses: loss.values };
}

describe.skipIf(process.platform !== 'linux')('kill -9', () => {
  it('of the trainer interrupts its run with the reason and the last step, and the host lives on', async () => {
    const folder = temporaryFolder();
    const { command, trainer } = await startTraining(folder);
    process.kill(trainer, 'SIGKILL');
    const { code, stdout } = await command.ended;
    expect(code).toBe(1);
    const result = JSON.parse(stdout) as { status: string; reason: string; steps: number };
    expect(result).toMatchObject({ status: 'interrupted', reason: expect.stringContaining('SIGKILL') as string });
    const { run, losses } = await recorded(folder);
    expect(run).toMatchObject({ state: 'interrupted', lastStep: result.steps });
    expect(losses).toHaveLength(result.steps);
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it("of a study's trainer counts its run among those without a result, and the next run goes on", async () => {
    const grid = ['--versions', 'v2', '--depths', '8', '--seeds', '2', '--epochs', '20'];
    const command = start(temporaryFolder(), 'study', ...grid, '--json');
    await command.said(/step [1-9]/);
    process.kill(childrenOf(command.child.pid!)[0]!, 'SIGKILL');
    const { code, stdout } = await command.ended;
    expect(code).toBe(1);
    const { rows, runs } = JSON.parse(stdout) as { rows: object[]; runs: object[] };
    expect(runs).toMatchObject([{ status: 'interrupted' }, { status: 'finished', reason: '' }]);
    const reason = expect.stringContaining('SIGKILL') as string;
    expect(rows).toMatchObject([{ n: 1, runIds: [1, 2], failed: [{ runId: 1, reason }] }]);
  });

  it('of a trainer that has made no step yet interrupts its run too', async () => {
    const command = start(temporaryFolder(), ...LONG);
    await command.said(/preparing/);
    while (childrenOf(command.child.pid!).length === 0) await sleep(5);
    process.kill(childrenOf(command.child.pid!)[0]!, 'SIGKILL');
    const { code, stdout } = await command.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'interrupted', steps: 0, finalLoss: null });
  });

  it.each([50, 300, 900])(
    'of the owner %d ms into the training loses no confirmed step and leaves no trainer behind',
    async (delay) => {
      const folder = temporaryFolder();
      const { command, trainer } = await startTraining(folder);
      await sleep(delay);
      // What a client was told is confirmed: it may not be lost.
      const told = await runJson(folder, 'runs', 'show', '1');
      const confirmed = (told.json['run'] as Recorded).lastStep;
      process.kill(command.child.pid!, 'SIGKILL');
      expect((await command.ended).signal).toBe('SIGKILL');
      expect(await timeToEnd(trainer, 5000)).toBeLessThan(5000);
      const { run, losses } = await recorded(folder);
      expect(run.state).toBe('interrupted');
      expect(run.lastStep).toBeGreaterThanOrEqual(confirmed);
      expect(losses).toHaveLength(run.lastStep);
      expect(losses.every(Number.isFinite)).toBe(true);
    },
  );

  it('is told apart from life: a trainer whose owner lives goes on (negative control)', async () => {
    const { command, trainer } = await startTraining(temporaryFolder());
    await expect(timeToEnd(trainer, 1500)).rejects.toThrow('lives on');
    expect(isAlive(command.child.pid!)).toBe(true);
    command.child.kill('SIGINT');
    await command.ended;
    await timeToEnd(trainer, 2000);
  });
});
