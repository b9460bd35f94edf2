import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenImport, layers } from './layers.mjs';
import { inRoot } from './setup/paths.mjs';

/** Every import of the sources, as the text has it: eslint sees the same through the syntax tree. */
function realImports() {
  const files = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:ts|vue)$/.test(path),
  );
  return files.flatMap((path) => {
    const text = readFileSync(inRoot('src', path), 'utf8');
    const found = text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g);
    return [...found].map((match) => ({ file: join('src', path), specifier: match[1]! }));
  });
}

describe('the layers', () => {
  it('hold for every import of the sources', () => {
    const broken = realImports().flatMap(({ file, specifier }) => {
      const message = forbiddenImport(file, specifier);
      return message === undefined ? [] : [`${file}: ${message}`];
    });
    expect(broken).toEqual([]);
  });

  it('name rooms only, and no circles', () => {
    const reach = (room: string, seen: readonly string[] = []): void => {
      expect(seen, `${room} reaches itself`).not.toContain(room);
      for (const next of layers[room] ?? expect.fail(`${room} is no room`)) reach(next, [...seen, room]);
    };
    for (const room of Object.keys(layers)) reach(room);
  });

  it.each([
    ['src/engine/ir/node.ts', '../../contract/network.ts', true],
    ['src/engine/ir/node.ts', '../../trainer/session.ts', false],
    ['src/contract/run.ts', './study.ts', true],
    ['src/renderer/src/api.ts', '../../host/host.ts', false],
    ['src/trainer/session.ts', '@tensorflow/tfjs-node-gpu', true],
    ['src/trainer/trainRun.ts', '@tensorflow/tfjs-node-gpu', false],
    ['src/trainer/session.ts', '../../scripts/setup/integrity.mjs', true],
    ['src/server/host.ts', '../../scripts/setup/integrity.mjs', false],
    ['src/charts/svgText.ts', 'echarts/core', true],
    ['src/cli/program.ts', 'echarts', false],
    ['src/store/open.ts', 'better-sqlite3', true],
    ['src/host/host.ts', 'better-sqlite3', false],
    ['src/preload/preload.ts', 'electron', true],
    ['src/host/host.ts', 'electron', false],
    ['src/cottage/door.ts', 'valibot', false],
    ['src/host/host.test.ts', '../store/store.fixture.ts', true],
  ])('%s imports %s: %s', (file, specifier, allowed) => {
    expect(forbiddenImport(file, specifier) === undefined).toBe(allowed);
  });
});
