import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/contract/run.ts';
import { run, runJson, start, temporaryFolder } from './commandLine.ts';

/** With everything that a resumed run must go on with: drawn images, dropped branches, an average of weights, a schedule. */
const TRAIN = [
  'train',
  ...['--arch', 'resnet_v2_14', '--data', 'digits', '--batch-size', '32', '--epochs', '8', '--seed', '5', '--augment'],
  ...['--stochastic-depth', '0.3', '--weight-average', '0.99', '--schedule', 'cosine', '--json'],
];

async function rowOf(folder: string): Promise<RunRow> {
  const { json } = await runJson(folder, 'runs', 'list');
  return (json['runs'] as RunRow[])[0]!;
}

/** Looks at the run as another program does until it is as wanted. */
async function until(folder: string, isWanted: (row: RunRow) => boolean): Promise<RunRow> {
  for (let tries = 0; tries < 100; tries += 1) {
    const row = await rowOf(folder).catch(() => undefined);
    if (row && isWanted(row)) return row;
  }
  throw new Error(`The run did not get there: ${JSON.stringify(await rowOf(folder))}`);
}

async function resultsOf(folder: string) {
  const { json } = await runJson(folder, 'runs', 'show', '1', '--series', 'loss,gradientNorm,learningRate');
  const { run: row, epochs } = json as unknown as { run: RunRow; epochs: Record<string, unknown>[] };
  const { state, lastStep, testLoss, testAccuracy, bestValidationAccuracy } = row;
  return {
    row: { state, lastStep, testLoss, testAccuracy, bestValidationAccuracy },
    epochs: epochs.map(({ elapsedMs: _, ...values }) => values),
    series: json['series'],
  };
}

describe('a run that was held, paused and killed on the way', () => {
  it('ends with the same numbers, to the last bit, as one that was not', async () => {
    const [reference, folder] = [temporaryFolder(), temporaryFolder()];
    expect((await run(reference, ...TRAIN)).code).toBe(0);

    const training = start(folder, ...TRAIN);
    await until(folder, ({ state, lastStep }) => state === 'running' && lastStep > 3);
    expect((await runJson(folder, 'runs', 'hold', '1')).json['state']).toBe('pausing');
    const held = await until(folder, ({ isHeld }) => isHeld);
    expect(held.state).toBe('paused');
    expect((await rowOf(folder)).lastStep).toBe(held.lastStep);
    expect((await run(folder, 'runs', 'resume', '1', '--no-wait')).code).toBe(0);
    await until(folder, ({ state, lastStep }) => state === 'running' && lastStep > held.lastStep);
    expect((await run(folder, 'runs', 'pause', '1')).code).toBe(0);
    const paused = await training.ended;
    expect(paused.code, paused.stderr).toBe(0);
    const atPause = JSON.parse(paused.stdout) as { status: string; steps: number };
    expect(atPause.status).toBe('paused');

    const killed = start(folder, 'runs', 'resume', '1');
    await until(folder, ({ state, lastStep }) => state === 'running' && lastStep > atPause.steps);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await rowOf(folder)).toMatchObject({ state: 'interrupted' });

    const resumed = await runJson(folder, 'runs', 'resume', '1');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.json['status']).toBe('finished');
    expect(await resultsOf(folder)).toEqual(await resultsOf(reference));

    const again = await run(folder, 'runs', 'resume', '1');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('Run 1 is finished: it has done all its steps');
    expect((await run(folder, 'runs', 'pause', '1')).stderr).toContain('only a run that waits or trains can be paused');
  });
});
