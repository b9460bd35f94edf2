import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/data/files/safetensors.ts';
import { run, runJson, temporaryFolder, TINY } from './commandLine.ts';

const tensorsIn = (file: string) => decodeSafetensors(readFileSync(file), file).tensors;

describe('weights', () => {
  it('from a seed are the same each time, and are kept beside the database where they fit', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'weights.safetensors');
    const words = ['weights', 'init', '--arch', 'resnet_v1_8', '--data', 'digits', '--seed', '3', '--out', file];
    const first = await runJson(folder, ...words);
    expect(first.code, first.stderr).toBe(0);
    expect(first.json).toMatchObject({
      network: 'resnet_v1_8',
      input: { height: 8, width: 8, channels: 1, classes: 10 },
    });
    expect((await runJson(folder, ...words)).json['sha256']).toBe(first.json['sha256']);
    expect(tensorsIn(file).get('conv1.weight')!.shape).toEqual([16, 1, 3, 3]);

    const kept = await runJson(folder, 'weights', 'import', file, '--arch', 'resnet_v1_8');
    expect(kept.json['file']).toBe(join(folder, 'depthlab-weights', `${String(kept.json['sha256'])}.safetensors`));
    expect(tensorsIn(String(kept.json['file']))).toEqual(tensorsIn(file));

    const other = await run(folder, 'weights', 'import', file, '--arch', 'resnet_v2_8');
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/does not fit resnet_v2_8: \d+ missing \(stem\.conv\.weight \[16, 1, 3, 3\]/);
    expect(other.stderr).toMatch(/torchvision's: a network of version V1/);
  });

  it("of a run are its checkpoint's, as safetensors and as a SavedModel", async () => {
    const folder = temporaryFolder();
    const trained = await runJson(folder, ...TINY);
    const words = ['weights', 'export', '--run', String(trained.json['runId'])];
    const file = join(folder, 'weights.safetensors');
    const { code, json, stderr } = await runJson(folder, ...words, '--checkpoint', 'best', '--out', file);
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ network: 'resnet_v2_8', step: 3, parameters: trained.json['parameters'] });
    const { metadata, tensors } = decodeSafetensors(readFileSync(file), file);
    expect(tensors.get('head.fc.weight')!.shape).toEqual([10, 64, 1, 1]);
    expect(metadata.get('images')).toBe('8x8x1');
    expect(JSON.parse(metadata.get('imageMean')!)).toHaveLength(1);

    const model = join(folder, 'model');
    expect((await run(folder, ...words, '--format', 'saved-model', '--out', model)).code).toBe(0);
    expect(readdirSync(model)).toEqual(['saved_model.pb']);
  });
});
