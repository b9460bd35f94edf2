import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/contract/run.ts';
import { run, runJson, temporaryFolder } from './commandLine.ts';

const train = (epochs: number) => [
  'train',
  ...['--arch', 'resnet_v2_8', '--data', 'digits', '--schedule', 'constant', '--augment', '--weight-average', '0.99'],
  ...['--epochs', String(epochs)],
];

/** All that a run has recorded, durations aside. */
async function resultsOf(folder: string, id: number) {
  const { json } = await runJson(folder, 'runs', 'show', String(id), '--series', 'loss,gradientNorm,learningRate');
  const { run: row, epochs } = json as unknown as { run: RunRow; epochs: Record<string, unknown>[] };
  const { state, lastStep, testLoss, testAccuracy, bestValidationAccuracy } = row;
  return {
    row: { state, lastStep, testLoss, testAccuracy, bestValidationAccuracy },
    epochs: epochs.map(({ elapsedMs: _, runId: __, ...values }) => values),
    series: json['series'],
  };
}

describe('a run of two epochs', () => {
  it('forked or extended to four has the numbers, to the last bit, of one that was trained for four', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, ...train(4))).code).toBe(0);
    expect((await run(folder, ...train(2))).code).toBe(0);
    const straight = await resultsOf(folder, 1);

    const forked = await runJson(folder, 'runs', 'fork', '2', '--epochs', '4', '--name', 'longer');
    expect(forked.code, forked.stderr).toBe(0);
    expect(forked.json).toMatchObject({ runId: 3, name: 'longer', status: 'finished' });
    expect(await resultsOf(folder, 3)).toEqual(straight);
    const { json } = await runJson(folder, 'runs', 'show', '3');
    const { parent } = json['run'] as RunRow;
    expect(parent).toEqual({ runId: 2, step: straight.row.lastStep / 2 });

    const extended = await runJson(folder, 'runs', 'extend', '2', '--epochs', '4');
    expect(extended.code, extended.stderr).toBe(0);
    expect(await resultsOf(folder, 2)).toEqual(straight);
    const again = await run(folder, 'runs', 'extend', '2', '--epochs', '4');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('4 epochs are no more than that');
  });

  it('refuses what its checkpoint is bound to, and steps that it has no checkpoint of', async () => {
    const folder = temporaryFolder();
    expect((await run(folder, ...train(2))).code).toBe(0);
    const bound = await run(folder, 'runs', 'fork', '1', '--batch-size', '32', '--epochs', '4');
    expect(bound.code).toBe(2);
    expect(bound.stderr).toContain("A fork keeps its parent's batchSize");
    const absent = await run(folder, 'runs', 'fork', '1', '--step', '3', '--epochs', '4');
    expect(absent.stderr).toContain('Run 1 has no checkpoint of step 3');
    expect(absent.stderr).toMatch(/It has those of steps \d+/);
    const nothingLeft = await run(folder, 'runs', 'fork', '1');
    expect(nothingLeft.stderr).toContain('nothing is left to train');
    expect((await run(folder, 'runs', 'rate', '1', '0.01')).stderr).toContain('it trains no more; fork it');
    expect(((await runJson(folder, 'runs', 'list')).json['runs'] as RunRow[]).map(({ id }) => id)).toEqual([1]);
  });
});
