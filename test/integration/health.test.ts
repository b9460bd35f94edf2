import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { RunHealth } from '../../src/contract/health.ts';
import { runJson, start, temporaryFolder } from './commandLine.ts';
import { recordedRun } from './recordedSteps.ts';

/** Trains a network for real, and asks for its verdict. */
async function judged(...words: string[]) {
  const folder = temporaryFolder();
  const recipe = ['--batch-size', '16', '--schedule', 'constant'];
  await runJson(folder, 'train', ...recipe, ...words);
  const { code, json } = await runJson(folder, 'health', '1');
  const [health] = json['runs'] as RunHealth[];
  const finding = health!.findings.find(({ fault }) => fault === health!.verdict);
  return { code, health: health!, finding: finding!, recorded: recordedRun(folder, 1) };
}

/** The verdicts in the database of a command that has ended. */
function keptVerdicts(folder: string) {
  const database = new SQLite(join(folder, 'depthlab.db'), { readonly: true });
  const rows = database
    .prepare<[], { readonly checks: string }>('SELECT run_id, last_step, verdict, sentence, checks FROM verdicts')
    .all();
  database.close();
  return rows;
}

const median = (values: readonly number[]) => {
  const [low, high] = [Math.ceil(values.length / 2) - 1, Math.floor(values.length / 2)];
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[low]! + sorted[high]!) / 2;
};

/** The convolutions that an image passes through one after the other: first tenth over last tenth, each the median of its norms. */
function imageOverLoss(norms: ReadonlyMap<string, number>): number {
  const isOnTheWay = (name: string) => name.endsWith('.weight') && name.includes('conv') && !name.includes('shortcut');
  const values = [...norms].filter(([name]) => isOnTheWay(name)).map(([, norm]) => norm);
  const tenth = Math.floor(values.length / 10);
  return median(values.slice(0, tenth)) / median(values.slice(-tenth));
}

it('keeps the verdict on a run as it ends, and says the same of it later', async () => {
  const folder = temporaryFolder();
  await runJson(folder, 'train', '--arch', 'resnet_v2_8', '--max-steps', '20');
  const kept = keptVerdicts(folder);
  expect(kept).toMatchObject([{ run_id: 1, last_step: 20, verdict: 'unknown' }]);
  const { json } = await runJson(folder, 'health', '1');
  const [{ sentence, checks }] = json['runs'] as [RunHealth];
  expect(kept[0]).toMatchObject({ sentence, checks: JSON.stringify(checks) });
  await runJson(folder, 'health', '1');
  expect(keptVerdicts(folder)).toEqual(kept);
});

describe('a network that is made', () => {
  it('to vanish: its shortcuts are scaled by 0.5, 54 times', async () => {
    const { code, health, finding, recorded } = await judged(
      ...['--arch', 'resnet_v2_110', '--shortcut', 'constant-scaling', '--max-steps', '20'],
    );
    expect(code).toBe(1);
    expect(health).toMatchObject({ verdict: 'vanishing', lastStep: 20 });
    const ratios = recorded.norms.map(imageOverLoss);
    const first = ratios.findIndex((_, index) => ratios.slice(index, index + 10).every((ratio) => ratio < 1e-3));
    expect(finding).toMatchObject({ firstStep: first + 1, holds: true });
    expect(finding.measured * ratios[first]!).toBeCloseTo(1, 5);
    const smallest = recorded.norms[first]!.get(finding.layer!.name)!;
    expect(smallest).toBeLessThan(1e-3 * recorded.norms[first]!.get('stage3.unit18.conv2.weight')!);
    expect(finding.advice[0]).toContain('--shortcut constant-scaling');
  });

  it('to explode over depth: the same shortcuts, and a rate that leaves the first weights as they are', async () => {
    const { code, health, finding, recorded } = await judged(
      ...['--arch', 'resnet_v2_110', '--shortcut', 'constant-scaling', '--lr', '1e-7', '--max-steps', '20'],
    );
    expect(code).toBe(1);
    expect(health.verdict).toBe('exploding');
    expect(finding).toMatchObject({ rule: 'exploding-over-depth', firstStep: 1, lastStep: 20, holds: true });
    const ratios = recorded.norms.map(imageOverLoss);
    expect(Math.min(...ratios)).toBeGreaterThan(54 ** 2);
    expect(finding.measured / ratios[0]!).toBeCloseTo(1, 5);
  });

  it('to explode over time, by a rate of 5', async () => {
    const { finding, health, recorded } = await judged('--arch', 'resnet_v1_44', '--lr', '5', '--max-steps', '40');
    const limit = 10 * median(recorded.gradientNorm.slice(0, 10));
    const isBeyond = recorded.gradientNorm.map((norm, index) => index >= 10 && norm > limit);
    const first = isBeyond.findIndex((_, index) => isBeyond.slice(index, index + 3).filter(Boolean).length === 3);
    expect(health.findings.map(({ rule }) => rule)).toContain('exploding-over-time');
    expect(finding.firstStep).toBe(first + 1);
    const { layer } = finding;
    const norms = recorded.norms[first]!;
    expect(norms.get(layer!.name)).toBe(Math.max(...norms.values()));
  });

  it('to diverge, by a rate of 100', async () => {
    const recipe = ['--lr', '100', '--momentum', '0.99', '--weight-decay', '1', '--max-steps', '25'];
    const { code, health, finding, recorded } = await judged('--arch', 'resnet_v2_8', ...recipe);
    expect(code).toBe(1);
    expect(health.verdict).toBe('diverged');
    expect(finding).toMatchObject({ firstStep: recorded.loss.length, holds: true });
    expect(finding.sentence).toContain(`Diverged in step ${recorded.loss.length}: `);
  });

  it('to die, by a rate of 30', async () => {
    const recipe = ['--lr', '30', '--weight-decay', '0', '--max-steps', '60'];
    const { code, health, finding, recorded } = await judged('--arch', 'resnet_v1_8', ...recipe);
    expect(code).toBe(1);
    expect(health.verdict).toBe('dead');
    const tail = recorded.norms.slice(finding.firstStep - 1, finding.firstStep + 19);
    const layerOf = (name: string) => name.replace(/\.\w+$/, '');
    const layers = new Set([...tail[0]!.keys()].map(layerOf));
    const silent = [...layers].filter((layer) =>
      tail.every((norms) => [...norms].every(([name, norm]) => layerOf(name) !== layer || norm === 0)),
    );
    expect(silent).toHaveLength(finding.measured);
    expect(silent.at(-1)).toBe(layerOf(finding.layer!.name));
    const before = recorded.norms[finding.firstStep - 2]!;
    const channels = health.findings.find(({ rule }) => rule === 'dead-channels')!;
    const isDead = (relu: string, row: number) => (recorded.deadShares[row]?.shares.get(relu) ?? 0) > 0.5;
    const firstRow = recorded.deadShares.findIndex(({ shares }, row) =>
      [...shares.keys()].some((relu) => [row, row + 1, row + 2].every((index) => isDead(relu, index))),
    );
    expect(channels.firstStep).toBe(recorded.deadShares[firstRow]!.step);
    expect(channels.firstStep).toBeLessThan(finding.firstStep);
    expect(silent.some((layer) => [...before].some(([name, norm]) => layerOf(name) === layer && norm > 0))).toBe(true);
  });

  it('to stall, by a rate of a millionth', async () => {
    const { health, finding, recorded } = await judged('--arch', 'resnet_v1_8', '--lr', '1e-6', '--max-steps', '100');
    expect(health.verdict).toBe('stalled');
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(finding.firstStep).toBe(1);
    expect(finding.measured).toBeCloseTo(mean(recorded.loss.slice(0, 100)), 5);
    expect(finding.measured).toBeGreaterThan(0.95 * Math.log(10));
    expect(mean(recorded.accuracy.slice(0, 100))).toBeLessThan(0.2);
  });
});

describe('healthy runs', () => {
  it('give no alarm, of both versions and at two depths', async () => {
    const folder = temporaryFolder();
    await runJson(folder, 'study', '--depths', '8,20', '--seeds', '1', '--epochs', '5');
    const { code, json } = await runJson(folder, 'health');
    const runs = json['runs'] as (RunHealth & { name: string })[];
    expect(runs.map(({ verdict, findings }) => ({ verdict, findings }))).toEqual(
      Array.from({ length: 4 }, () => ({ verdict: 'healthy', findings: [] })),
    );
    expect(runs.every(({ lastStep }) => lastStep > 100)).toBe(true);
    expect(code).toBe(0);
  });
});

describe('a run that trains', () => {
  it('is judged by its steps so far, by another command', async () => {
    const folder = temporaryFolder();
    const training = start(folder, 'train', '--arch', 'resnet_v2_8', '--epochs', '1000', '--json');
    await training.said(/step [1-9]/);
    const { json } = await runJson(folder, 'health', '1');
    const [health] = json['runs'] as RunHealth[];
    expect(health!.lastStep).toBeGreaterThan(0);
    expect(health!.findings).toEqual([]);
    training.child.kill('SIGINT');
    await training.ended;
    const after = await runJson(folder, 'health', '1');
    const [whole] = after.json['runs'] as RunHealth[];
    expect(whole!.lastStep).toBeGreaterThanOrEqual(health!.lastStep);
  });
});
