import { readdirSync, readFileSync } from 'node:fs';
import { array, parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { ReferenceSeries } from '../contract/reference.ts';

const folder = new URL('../../resources/references/', import.meta.url);
const series = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => parse(array(ReferenceSeries), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));

function find(id: string, version: string, depth: number) {
  const points = series.find((one) => one.id === id)?.points ?? [];
  return points.find((point) => point.version === version && point.depth === depth);
}

/** 6n + 2 and 9n + 2, and the depths of the ImageNet family, which are tabulated for other data too. */
function isDepth(depth: number): boolean {
  return [6, 9].some((unit) => (depth - 2) % unit === 0) || [18, 34, 50, 101, 152, 200].includes(depth);
}

describe('the published figures', () => {
  it('are in series of their own, each with its source, its caution and legal points', () => {
    expect(new Set(series.map(({ id }) => id)).size).toBe(series.length);
    for (const { source, caution, points } of series) {
      expect(source).not.toBe('');
      expect(caution).not.toBe('');
      expect(points.length).toBeGreaterThan(0);
      expect(new Set(points.map(({ version, depth }) => `${version} ${depth}`)).size).toBe(points.length);
      for (const { depth, errorPercent } of points) {
        expect(isDepth(depth)).toBe(true);
        if (errorPercent === null) continue;
        expect(errorPercent).toBeGreaterThan(0);
        expect(errorPercent).toBeLessThan(100);
      }
    }
  });

  it.each([
    ['he-2015-cifar10', 'v1', 110, 6.61, 0.16],
    ['he-2015-cifar10', 'v1', 1202, 7.93, null],
    ['he-2016-cifar10', 'v1', 1001, 7.61, null],
    ['he-2016-cifar10', 'v2', 164, 5.46, null],
    ['he-2016-cifar10', 'v2', 1001, 4.92, 0.14],
    ['he-2016-cifar10-batch64', 'v2', 1001, 4.62, 0.2],
    ['he-2016-cifar100', 'v2', 1001, 22.71, 0.22],
    ['he-2016-cifar10-bn-after-addition', 'v1', 110, 8.17, null],
    ['he-2016-imagenet-320', 'v2', 200, 20.7, null],
    ['huang-2016-cifar10-stochastic', 'v1', 1202, 4.91, null],
    ['hu-2017-cifar10-se', 'v2', 164, 4.39, null],
    ['fb-resnet-torch-imagenet', 'v1', 18, 30.43, null],
    ['osmr-cifar10-se', 'v2', 542, 3.08, null],
  ])('%s, %s, %d layers: %d', (id, version, depth, errorPercent, spread) => {
    expect(find(id, version, depth)).toMatchObject({ errorPercent, spread });
  });

  it.each([
    ['keras-applications-imagenet', 'v2', 152, 78],
    ['keras-cifar10', 'v1', 110, 92.65],
    ['timm-a1h-224', 'v2', 50, 80.41],
    ['cheat-sheet-cifar10', 'v2', 1001, 95.4],
    ['cheat-sheet-imagenet', 'v2', 101, 77.6],
  ])('%s, %s, %d layers: an accuracy of %d %%', (id, version, depth, accuracy) => {
    expect(100 - find(id, version, depth)!.errorPercent!).toBeCloseTo(accuracy, 9);
  });

  it('have the failures of the cheat sheet, apart from any paper', () => {
    expect(find('cheat-sheet-cifar10', 'v1', 1001)).toMatchObject({ errorPercent: null });
    const own = series.filter(({ kind }) => kind === 'cheatSheet');
    expect(own.map(({ recipe }) => recipe)).toEqual([null, null]);
  });
});
