import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IdentityReport } from '../../src/contract/identity.ts';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

/** A few images and probes on a network by its name. */
const FEW = ['verify-identity', '--images', '4', '--probes', '2'];

async function verify(folder: string, ...words: string[]) {
  const { json, code, stderr } = await runJson(folder, ...FEW, ...words);
  expect(json['error'], stderr).toBeUndefined();
  return { code, report: json as unknown as IdentityReport };
}

describe('verify-identity', () => {
  it('passes V2 and fails V1 by its ReLU after the addition, with the exit code', async () => {
    const folder = temporaryFolder();
    const v2 = await verify(folder, '--arch', 'resnet_v2_14');
    expect(v2).toMatchObject({
      code: 0,
      report: { verdict: 'pass', passed: 4, failed: 0, shapeChanges: 2, step: null },
    });
    expect(v2.report).toMatchObject({ images: { data: null, count: 4 }, probes: 2, statistics: 'batch' });
    const v1 = await verify(folder, '--arch', 'resnet_v1_14', '--data', 'digits');
    expect(v1).toMatchObject({
      code: 1,
      report: { verdict: 'fail', passed: 0, failed: 4, images: { data: 'digits' } },
    });
    const failed = v1.report.blocks.filter(({ verdict }) => verdict === 'fail');
    expect(new Set(failed.flatMap(({ causes }) => causes))).toEqual(new Set(['relu-after-addition']));
    expect(failed[0]!.reason).toMatch(/^ReLU after the addition, which changes its input by 0\.\d+ of its RMS$/);
  });

  it('tells the blocks of a file apart', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'mixed.json');
    const block = { kind: 'basic', width: 8 };
    const blocks = [
      block,
      { ...block, se: 4, drop: 0.5 },
      { ...block, shortcut: 'dropout' },
      { ...block, kind: 'bottleneck', expansion: 1, shortcut: 'exclusive-gating' },
      { ...block, width: 16, stride: 2 },
    ];
    writeFileSync(file, JSON.stringify({ stem: { width: 8 }, stages: [{ blocks }] }));
    const { code, report } = await verify(folder, '--config', file);
    expect(code).toBe(1);
    expect(report.blocks.map(({ name, verdict, causes }) => [name, verdict, ...causes])).toEqual([
      ['stage1.unit1', 'pass'],
      ['stage1.unit2', 'pass'],
      ['stage1.unit3', 'fail', 'dropout'],
      ['stage1.unit4', 'fail', 'gating'],
      ['stage1.unit5', 'shape-change', 'projection'],
    ]);
  });

  it("takes a run's checkpoint and training images, the newest or that of a step", async () => {
    const folder = temporaryFolder();
    const trained = await runJson(folder, ...TINY);
    const id = String(trained.json['runId']);
    const { report } = await verify(folder, '--run', id);
    expect(report).toMatchObject({ verdict: 'pass', step: 3, images: { data: 'digits', count: 4 } });
    const named = await verify(folder, '--run', id, '--step', '3');
    expect(named.report).toEqual(report);
    const fresh = await verify(folder, '--arch', 'resnet_v2_8', '--data', 'digits');
    expect(fresh.report.blocks[0]!.residualMagnitude).not.toBe(report.blocks[0]!.residualMagnitude);
    const none = await run(folder, ...FEW, '--run', id, '--step', '2');
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toMatch(/Run \d+ has no checkpoint of step 2[^]*steps 3/);
  });

  it('says what it cannot do', async () => {
    const folder = temporaryFolder();
    const one = await run(folder, 'verify-identity', '--arch', 'resnet_v2_8', '--images', '1');
    expect(one).toMatchObject({ code: 2 });
    expect(one.stderr).toMatch(/The number of images/);
    const nothing = await run(folder, 'verify-identity');
    expect(nothing.stderr).toMatch(/No network is named/);
  });
});
