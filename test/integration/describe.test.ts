import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run, runJson, temporaryFolder } from './commandLine.ts';

describe('describe', () => {
  it('gives layers, parameters, cost and graph size without a database', async () => {
    const folder = temporaryFolder();
    const { code, json, stderr } = await runJson(folder, 'describe', '--arch', 'resnet_v2_20', '--data', 'digits');
    expect(code, stderr).toBe(0);
    const layers = json['layers'] as { name: string; outputShape: number[]; parameters: number }[];
    expect(layers.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(json['parameters']);
    expect(json['graphNodes']).toBeGreaterThan(100);
    expect(json['flopsPerImage']).toBeGreaterThan(1e6);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes another number of classes', async () => {
    const folder = temporaryFolder();
    const ten = await runJson(folder, 'describe', '--arch', 'resnet_v1_8');
    const hundred = await runJson(folder, 'describe', '--arch', 'resnet_v1_8', '--classes', '100');
    expect(Number(hundred.json['parameters']) - Number(ten.json['parameters'])).toBe(90 * 65);
  });

  it('prints a table for people', async () => {
    const { stdout } = await run(temporaryFolder(), 'describe', '--arch', 'resnet_v2_8');
    expect(stdout).toMatch(/layer\s+kind\s+stage\s+output\s+parameters\s+FLOPs/);
  });
});
