import { describe, expect, it } from 'vitest';
import { run, runJson, start, temporaryFolder, TINY } from './commandLine.ts';

describe('train', () => {
  it('trains, records and prints one document', async () => {
    const folder = temporaryFolder();
    const { code, json, stderr } = await runJson(folder, ...TINY);
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ runId: 1, status: 'finished', steps: 3 });
    for (const key of [
      'parameters',
      'finalLoss',
      'validationAccuracy',
      'bestValidationAccuracy',
      'testAccuracy',
      'imagesPerSecond',
      'peakMemoryBytes',
      'firstStepMs',
      'stepMs',
    ]) {
      expect(json[key], key).toEqual(expect.any(Number));
    }

    const list = await runJson(folder, 'runs', 'list');
    expect(list.json['runs']).toMatchObject([
      { id: 1, state: 'finished', lastStep: 3, network: { version: 'v2', depth: 8 } },
    ]);

    const show = await runJson(folder, 'runs', 'show', '1', '--series', 'loss,gradientNorm');
    const { loss, gradientNorm } = show.json['series'] as Record<string, { firstStep: number; values: number[] }>;
    expect(loss).toMatchObject({ firstStep: 1, values: [expect.any(Number), expect.any(Number), json['finalLoss']] });
    expect(gradientNorm?.values).toHaveLength(3);

    const norms = await runJson(folder, 'norms', '1', '--step', '2');
    expect(norms.json).toMatchObject({ runId: 1, step: 2, globalNorm: gradientNorm?.values[1] });
    const layers = norms.json['layers'] as { name: string; norm: number }[];
    const total = Math.sqrt(layers.reduce((sum, { norm }) => sum + norm ** 2, 0));
    expect(total).toBeCloseTo(norms.json['globalNorm'] as number, 3);
  });

  it('looks at the test images after every epoch where it holds out none, and says so', async () => {
    const folder = temporaryFolder();
    const { json } = await runJson(folder, ...TINY, '--validation-share', '0');
    expect(json).toMatchObject({ validationAccuracy: null, bestTestAccuracy: json['testAccuracy'] });
    const { stdout } = await run(folder, 'runs', 'show', '1');
    expect(stdout).toContain('Test images were looked at after every epoch');
    expect(stdout).toContain('test accuracy');
  });

  it('goes back after a divergence where it may, and says so', async () => {
    const folder = temporaryFolder();
    const diverging = ['--lr', '100', '--momentum', '0.99', '--weight-decay', '1', '--schedule', 'constant'];
    const recipe = ['--max-steps', '25', '--rollbacks', '2', '--rollback-factor', '1e-4'];
    const { code, json, stderr } = await runJson(folder, 'train', '--arch', 'resnet_v2_8', ...diverging, ...recipe);
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ status: 'finished', steps: 25 });
    const show = await runJson(folder, 'runs', 'show', '1', '--series', 'loss,learningRate');
    const { loss, learningRate } = show.json['series'] as Record<string, { values: number[] }>;
    expect(loss?.values).toHaveLength(25);
    expect(learningRate?.values.every((rate) => Math.abs(rate - 0.01) < 1e-6)).toBe(true);
    const { stdout } = await run(folder, 'runs', 'show', '1');
    expect(stdout).toMatch(/Warning: Diverged in step \d+: .*Went back to its start, .*\(rollback 1 of 2\)/);
  });

  it('gives the same losses for the same seed, and others for another', async () => {
    const folder = temporaryFolder();
    const first = await runJson(folder, ...TINY, '--seed', '7');
    const second = await runJson(folder, ...TINY, '--seed', '7');
    const other = await runJson(folder, ...TINY, '--seed', '8');
    expect(second.json['finalLoss']).toBe(first.json['finalLoss']);
    expect(other.json['finalLoss']).not.toBe(first.json['finalLoss']);
  });

  it('trains a network of 1,001 layers and records the norm of each of its tensors', async () => {
    const folder = temporaryFolder();
    const deep = ['train', '--arch', 'resnet_v2_1001', '--batch-size', '8', '--clip-norm', '5', '--max-steps', '5'];
    const { code, json, stderr } = await runJson(folder, ...deep);
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ status: 'finished', steps: 5, parameters: 10_327_418 });
    const layers = (await runJson(folder, 'norms', '1')).json['layers'] as { name: string; norm: number }[];
    expect(layers).toHaveLength(3005);
    expect(layers[0]?.name).toBe('stem.conv.weight');
    expect(layers.at(-1)?.name).toBe('head.dense.bias');
    expect(layers.filter(({ norm }) => !(norm > 0))).toEqual([]);
  });

  it('says what it does on stderr and the outcome on stdout', async () => {
    const { code, stdout } = await run(temporaryFolder(), ...TINY);
    expect(code).toBe(0);
    expect(stdout).toContain('run 1  resnet_v2_8 on digits');
    expect(stdout).toContain('3 of 3 steps');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('writes a checkpoint and ends cleanly on %s', async (signal) => {
    const folder = temporaryFolder();
    const command = start(folder, 'train', '--arch', 'resnet_v1_8', '--epochs', '1000', '--json');
    await command.said(/step [1-9]/);
    command.child.kill(signal);
    const { code, stdout } = await command.ended;
    expect(code).toBe(130);
    const result = JSON.parse(stdout) as { status: string; steps: number };
    expect(result.status).toBe('stopped');
    const show = await runJson(folder, 'runs', 'show', '1');
    expect(show.json['run']).toMatchObject({ state: 'stopped', lastStep: result.steps });
    expect(show.json['checkpoints']).toMatchObject([{ step: result.steps }]);
  });
});

describe('bad input', () => {
  it.each([
    [['train', '--arch', 'resnet_v2_21'], '--arch'],
    [['train', '--arch', 'resnetv2-20'], 'resnet_v2_20'],
    [['train', '--arch', 'resnet_v2_8', '--lr', '0'], '--lr'],
    [['train', '--arch', 'resnet_v2_8', '--lr', 'fast'], '--lr'],
    [['train', '--arch', 'resnet_v2_8', '--data', 'digit'], 'digits'],
    [['train', '--arch', 'resnet_v2_8', '--epocs', '3'], '--epochs'],
    [['train'], '--arch'],
    [['train', '--arch', 'resnet_v2_8', '--lr', '-1'], '--lr'],
    [['study', '--versions', 'v1,v3'], '--versions'],
    [['study', '--depths', '8,9'], '--depths'],
    [['runs', 'show', '99'], '99'],
    [['runs', 'show', 'first'], 'runs list'],
    [['export', '--study', '3', '--format', 'html'], 'latex'],
    [['exprot'], 'export'],
    [['norms', '5', '--step', '0'], '0'],
    [['runs', 'list', '--db', 'missing.db'], 'missing.db'],
    [['runs', 'list', '--db', '.'], 'folder'],
  ])('%j exits with 2 and names %s, in words and in JSON', async (arguments_, named) => {
    const folder = temporaryFolder();
    const inWords = await run(folder, ...arguments_);
    expect(inWords.code).toBe(2);
    expect(inWords.stdout).toBe('');
    expect(inWords.stderr).toContain(named);
    const inJson = await runJson(folder, ...arguments_);
    expect(inJson.code).toBe(2);
    expect(JSON.stringify(inJson.json['error'])).toContain(named);
    expect(Object.keys(inJson.json)).toEqual(['error']);
  });
});

describe('help', () => {
  it.each(['train', 'study', 'runs list', 'runs show', 'norms', 'export', 'describe', 'serve'])(
    '%s has examples',
    async (command) => {
      const { code, stdout } = await run(temporaryFolder(), ...command.split(' '), '--help');
      expect(code).toBe(0);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain('--db <file>');
      expect(stdout).toContain('--json');
    },
  );

  it('says its version', async () => {
    expect((await run(temporaryFolder(), '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
