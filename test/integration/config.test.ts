import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { runJson, temporaryFolder } from './commandLine.ts';

const example = (name: string) => resolve(import.meta.dirname, '../../examples', name);
const SHORT = ['--max-steps', '3', '--batch-size', '16'];

it('trains a network from a file and records all of it', async () => {
  const folder = temporaryFolder();
  const { code, json, stderr } = await runJson(folder, 'train', '--config', example('mixed.yaml'), ...SHORT);
  expect(code, stderr).toBe(0);
  expect(json).toMatchObject({ status: 'finished', name: 'mixed seed 1', steps: 3 });
  const { json: list } = await runJson(folder, 'runs', 'list');
  expect(list['runs']).toMatchObject([
    { network: { depth: 19, architecture: { name: 'mixed', stages: [{}, { blocks: [{ se: 16 }, {}] }, {}] } } },
  ]);
  const { json: described } = await runJson(folder, 'describe', '--config', example('mixed.yaml'));
  expect(described['parameters']).toBe(json['parameters']);
});

it('trains the same network from its file as by its name', async () => {
  const folder = temporaryFolder();
  const byName = await runJson(folder, 'train', '--arch', 'resnet_v2_20', ...SHORT);
  const byFile = await runJson(folder, 'train', '--config', example('resnet_v2_20.yaml'), ...SHORT);
  expect(byFile.json['finalLoss']).toBe(byName.json['finalLoss']);
});

it('says line, path and what is allowed, and takes one network only', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, 'stem: { width: 8 }\nstages:\n  - blocks:\n      - { kind: wide, width: 8 }\n');
  const wrong = await runJson(folder, 'train', '--config', file);
  expect(wrong.code).toBe(2);
  expect(wrong.json['error']).toMatchObject({
    message: expect.stringContaining('stages[0].blocks[0].kind') as string,
    where: `${file}, line 4`,
    hint: 'Allowed here: basic, bottleneck',
  });
  const both = await runJson(folder, 'train', '--arch', 'resnet_v2_8', '--config', file);
  expect(both.code).toBe(2);
  const none = await runJson(folder, 'describe');
  expect(none.json['error']).toMatchObject({ message: 'No network is named', where: '--arch' });
});
