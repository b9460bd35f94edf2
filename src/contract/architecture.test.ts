import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, it } from 'vitest';
import { Architecture, ArchitectureFile, outlineOf } from './architecture.ts';
import * as v from 'valibot';

it('ships a schema for editors that is this one', async () => {
  const schema = toJsonSchema(ArchitectureFile, { typeMode: 'input', errorMode: 'ignore' });
  const titled = { title: 'Depthlab: the architecture of a residual network', ...schema };
  await expect(`${JSON.stringify(titled, null, 2)}\n`).toMatchFileSnapshot('../../resources/architecture.schema.json');
});

it('counts the depth as the papers do and sorts a mix by what most units are', () => {
  const blocks = [
    { kind: 'basic', activation: 'original', width: 4, repeat: 3 },
    { kind: 'bottleneck', width: 4, repeat: 2, se: 4, shortcut: 'projection' },
  ];
  const mixed = v.parse(Architecture, { stem: { width: 4 }, stages: [{ blocks }] });
  expect(outlineOf(mixed)).toEqual({ version: 'v1', depth: 14, block: 'basic' });
});
