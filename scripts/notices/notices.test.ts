import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../setup/paths.mjs';
import { noticesPage } from './page.mjs';
import { bundledRoots, reachable, shippedPackages } from './packages.mjs';

describe('the third-party notices', () => {
  it('are what the installed packages say', () => {
    expect(readFileSync(inRoot('THIRD-PARTY-NOTICES.md'), 'utf8')).toBe(noticesPage(shippedPackages()));
  });

  it('name a licence for every package', () => {
    const unknown = shippedPackages().filter(({ license }) => license === 'see its text' || license === 'UNLICENSED');
    expect(unknown).toEqual([]);
  });

  it('know every package that the window is bundled from', () => {
    const files = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^renderer\/.*(?<!\.test)\.(?:ts|vue|css)$/.test(path),
    );
    const imported = files.flatMap((path) => {
      const text = readFileSync(inRoot('src', path), 'utf8');
      const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)/g);
      return [...found].map((match) => match[1]!);
    });
    const about = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const known = [...bundledRoots, ...Object.keys(about.dependencies)];
    expect([...new Set(imported)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('follow nested packages as Node does', () => {
    const locked = {
      'node_modules/a': { dependencies: { b: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': {},
      'node_modules/d': {},
    };
    expect(reachable(locked, ['a']).sort()).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });
});
