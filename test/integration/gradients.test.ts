import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/data/files/safetensors.ts';
import { encodeNpz } from '../oracle/npz.ts';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

/** Two grey images of 8x8 pixels. */
function batchIn(folder: string, labels = [3n, 7n]): string {
  const file = join(folder, 'batch.npz');
  const values = Float32Array.from({ length: 2 * 64 }, (_, index) => Math.sin(index));
  writeFileSync(
    file,
    encodeNpz({ images: { shape: [2, 8, 8, 1], values }, labels: { shape: [2], values: BigInt64Array.from(labels) } }),
  );
  return file;
}

describe('gradients', () => {
  it('of a network by its name go into a file, and into one document', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'gradients.safetensors');
    const words = ['gradients', '--arch', 'resnet_v1_8', '--batch', batchIn(folder), '--out', out];
    const { code, json, stderr } = await runJson(folder, ...words);
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ network: 'resnet_v1_8', images: 2, file: out });
    const { tensors } = decodeSafetensors(readFileSync(out), out);
    const conv1 = tensors.get('conv1.weight')!;
    expect(conv1.shape).toEqual([16, 1, 3, 3]);
    const norm = Math.hypot(...conv1.values!);
    const listed = json['gradients'] as { name: string; norm: number }[];
    expect(listed.find(({ name }) => name === 'conv1.weight')!.norm / norm).toBeCloseTo(1, 5);
    expect(Math.hypot(...listed.map((one) => one.norm)) / Number(json['globalNorm'])).toBeCloseTo(1, 5);
  });

  it("of a recorded run use its last checkpoint's weights", async () => {
    const folder = temporaryFolder();
    const trained = await runJson(folder, ...TINY);
    const id = String(trained.json['runId']);
    const out = join(folder, 'gradients.safetensors');
    const words = ['gradients', '--batch', batchIn(folder), '--out', out];
    const { code, json, stderr } = await runJson(folder, ...words, '--run', id);
    expect(code, stderr).toBe(0);
    const fresh = await runJson(folder, ...words, '--arch', 'resnet_v2_8');
    expect(json['parameters']).toBe(fresh.json['parameters']);
    expect(json['loss']).not.toBe(fresh.json['loss']);
  });

  it('say what is wrong with a batch, a file, a network', async () => {
    const folder = temporaryFolder();
    const batch = batchIn(folder, [3n, 10n]);
    const ask = (...words: string[]) => run(folder, 'gradients', '--out', join(folder, 'g'), ...words);
    const label = await ask('--arch', 'resnet_v2_8', '--batch', batch);
    expect(label).toMatchObject({ code: 2 });
    expect(label.stderr).toMatch(/label 1 is 10, the network's classes are 0 to 9[^]*--classes/);
    const missing = await ask('--arch', 'resnet_v2_8', '--batch', join(folder, 'none.npz'));
    expect(missing.stderr).toMatch(/cannot be read: ENOENT/);
    const depth = await ask('--arch', 'resnet_v2_21', '--batch', batch);
    expect(depth.stderr).toMatch(/There is no network of 21 layers/);
    const none = await ask('--batch', batch);
    expect(none.stderr).toMatch(/No network is named/);
    const run9 = await ask('--run', '9', '--batch', batch);
    expect(run9).toMatchObject({ code: 2 });
  });
});
