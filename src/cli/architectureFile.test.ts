import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outlineOf } from '../contract/architecture.ts';
import { UserError } from '../contract/errors.ts';
import { readArchitecture } from './architectureFile.ts';

const examples = resolve(import.meta.dirname, '../../examples');

function written(text: string, name = 'net.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function refusal(text: string): { message: string; line: string; hint: string } {
  try {
    readArchitecture(written(text));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, where, hint } = error;
    return { message, line: where.slice(where.lastIndexOf('net.yaml')), hint };
  }
  throw new Error('Nothing was refused');
}

const valid = `
stem: { width: 16 }
stages:
  - blocks:
      - kind: basic
        width: 16
        repeat: 3
`;

describe('readArchitecture', () => {
  it('fills in what is left out and takes the name from the file', () => {
    const architecture = readArchitecture(written(valid));
    expect(architecture).toMatchObject({ name: 'net', stem: { window: 3, width: 16, stride: 1, pool: false } });
    expect(outlineOf(architecture)).toEqual({ version: 'v2', depth: 8, block: 'basic' });
  });

  it('reads JSON as well, with the schema named in it', () => {
    const text =
      '{"$schema": "x.json", "name": "mine", "stem": {"width": 4}, "stages": [{"blocks": [{"kind": "basic", "width": 4}]}]}';
    expect(readArchitecture(written(text, 'net.json'))).toMatchObject({ name: 'mine', stem: { width: 4 } });
  });

  it.each([
    [valid.replace('basic', 'basique'), 5, 'stages[0].blocks[0].kind: Invalid', 'Allowed here: basic, bottleneck'],
    [
      valid.replace('repeat: 3', 'repeat: 0'),
      7,
      'stages[0].blocks[0].repeat: The number of repetitions is at least 1',
      '',
    ],
    [
      valid.replace('repeat', 'repaet'),
      7,
      'There is no field stages[0].blocks[0].repaet',
      'Did you mean repeat? Fields here: kind,',
    ],
    [valid.replace('        width: 16\n', ''), 5, 'stages[0].blocks[0].width is missing', ''],
    [
      valid.replace('width: 16 }', 'window: 4, width: 16 }'),
      2,
      'stem.window: A window is 1, 3, 5 or 7',
      'Allowed here: 1, 3, 5, 7',
    ],
    [valid.replace('kind: basic', 'kind: [basic'), 6, 'This is no YAML or JSON', ''],
    [valid.replace('stem: { width: 16 }\n', ''), 1, 'stem is missing', ''],
    ['', 1, 'Invalid type', ''],
  ])('names line, path and what is allowed: %#', (text, line, message, hint) => {
    const refused = refusal(text);
    expect(refused.message).toContain(message);
    expect(refused.line).toBe(`net.yaml, line ${line}`);
    expect(refused.hint).toContain(hint);
  });

  it('says so where there is no file', () => {
    expect(() => readArchitecture('/nowhere/net.yaml')).toThrow('The file /nowhere/net.yaml cannot be read');
  });

  it.each(readdirSync(examples).filter((name) => /\.(yaml|json)$/.test(name)))('reads the example %s', (name) => {
    expect(outlineOf(readArchitecture(join(examples, name))).depth).toBeGreaterThan(7);
  });
});
