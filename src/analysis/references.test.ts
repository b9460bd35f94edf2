import { readdirSync, readFileSync } from 'node:fs';
import { array, parse } from 'valibot';
import { expect, it } from 'vitest';
import { ReferenceSeries } from '../contract/reference.ts';

const folder = new URL('../../resources/references/', import.meta.url);
const series = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => parse(array(ReferenceSeries), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));

function find(id: string, version: string, depth: number) {
  const points = series.find((one) => one.id === id)?.points ?? [];
  return points.find((point) => point.version === version && point.depth === depth);
}

it('has each series once, with its source, its caution and legal points', () => {
  expect(new Set(series.map(({ id }) => id)).size).toBe(series.length);
  for (const { source, caution, points } of series) {
    expect(source).not.toBe('');
    expect(caution).not.toBe('');
    expect(new Set(points.map(({ version, depth }) => `${version} ${depth}`)).size).toBe(points.length);
    for (const { depth, errorPercent } of points) {
      expect([6, 9].some((unit) => (depth - 2) % unit === 0)).toBe(true);
      expect(errorPercent).toBeGreaterThan(0);
      expect(errorPercent).toBeLessThan(100);
    }
  }
});

it('gives the figures of the papers', () => {
  expect(find('he-2015-cifar10', 'v1', 110)).toMatchObject({ errorPercent: 6.61, spread: 0.16 });
  expect(find('he-2015-cifar10', 'v1', 1202)).toMatchObject({ errorPercent: 7.93 });
  expect(find('he-2016-cifar10', 'v1', 1001)).toMatchObject({ errorPercent: 7.61 });
  expect(find('he-2016-cifar10', 'v2', 1001)).toMatchObject({ errorPercent: 4.92 });
  expect(find('he-2016-cifar100', 'v2', 1001)).toMatchObject({ errorPercent: 22.71 });
});
