import { describe, expect, it } from 'vitest';
import type { RunState } from '../contract/runState.ts';
import { runRow } from './runRow.fixture.ts';
import { studyTable } from './studyTable.ts';

let lastId = 0;
function run(version: 'v1' | 'v2', depth: number, seed: number, accuracy: number | null, state: RunState = 'finished') {
  lastId += 1;
  return runRow({
    id: lastId,
    network: { version, depth, block: 'basic' },
    recipe: { seed },
    state,
    testAccuracy: accuracy,
    testLoss: accuracy === null ? null : 1 - accuracy,
  });
}

function table(runs: ReturnType<typeof run>[], metric: 'testAccuracy' | 'testLoss' = 'testAccuracy') {
  return studyTable({ studyId: 1, name: 'study', metric, runs });
}

describe('the paired table', () => {
  it('has versions, then depths in order, and pairs the differences by seed', () => {
    const result = table([
      run('v2', 20, 2, 0.97),
      run('v2', 20, 1, 0.96),
      run('v1', 20, 1, 0.95),
      run('v1', 20, 2, 0.955),
      run('v1', 8, 1, 0.9),
    ]);
    expect(result.cells.map(({ version, depth, n }) => [version, depth, n])).toEqual([
      ['v1', 8, 1],
      ['v1', 20, 2],
      ['v2', 20, 2],
    ]);
    expect(result.differences).toMatchObject([{ depth: 20, n: 2 }]);
    expect(result.differences[0]!.mean).toBeCloseTo(0.0125, 12);
  });

  it('leaves out runs whose recipe has no such result, without calling them failed', () => {
    const runs = [runRow({ id: 1, bestTestAccuracy: null, validationAccuracy: 0.9 })];
    const cellOf = (metric: 'bestTestAccuracy' | 'validationAccuracy') =>
      studyTable({ studyId: 1, name: 'study', metric, runs }).cells[0]!;
    expect(cellOf('bestTestAccuracy')).toMatchObject({ n: 0, failed: [], runIds: [1] });
    expect(cellOf('validationAccuracy')).toMatchObject({ n: 1, mean: 0.9 });
  });

  it('names a difference only where the interval excludes 0', () => {
    const clear = table(
      [1, 2, 3].flatMap((seed) => [run('v1', 20, seed, 0.95), run('v2', 20, seed, 0.957 + seed / 1000)]),
    );
    expect(clear.differences[0]!.verdict).toBe(
      'V2 is better by 0.90 ± 0.25 points (n = 3 pairs, 95 % interval excludes 0)',
    );
    const unclear = table(
      [1, 2, 3].flatMap((seed) => [run('v1', 20, seed, 0.95), run('v2', 20, seed, 0.93 + seed / 100)]),
    );
    expect(unclear.differences[0]!.verdict).toBe(
      'No difference shown: the 95 % interval −2.5 to +2.5 points includes 0 (n = 3 pairs)',
    );
  });

  it('knows that a lower loss is better', () => {
    const result = table(
      [1, 2, 3].flatMap((seed) => [run('v1', 20, seed, 0.95), run('v2', 20, seed, 0.957 + seed / 1000)]),
      'testLoss',
    );
    expect(result.differences[0]!.verdict).toMatch(/^V2 is better by 0\.0090 ± 0\.0025 \(n = 3/);
    const worse = table(
      [1, 2, 3].flatMap((seed) => [run('v2', 20, seed, 0.95), run('v1', 20, seed, 0.957 + seed / 1000)]),
      'testLoss',
    );
    expect(worse.differences[0]!.verdict).toMatch(/^V1 is better by/);
  });

  it('gives one pair no verdict, and none nothing', () => {
    expect(table([run('v1', 20, 1, 0.95), run('v2', 20, 1, 0.958)]).differences[0]).toMatchObject({
      n: 1,
      interval: null,
      verdict: 'One pair only (V2 − V1 = +0.80 points): no interval, no verdict',
    });
    expect(table([run('v1', 20, 1, 0.95), run('v2', 20, 2, 0.96)]).differences[0]).toMatchObject({
      n: 0,
      mean: null,
      verdict: 'No seed has finished in both V1 and V2',
    });
    const training = [run('v1', 20, 1, 0.95), run('v2', 20, 1, null, 'running')];
    expect(table(training).differences[0]!.verdict).toBe('No seed has finished in both V1 and V2 yet');
  });

  it('calls equal differences equal, without an interval that would look like certainty', () => {
    const right = (count: number) => count / 360;
    const pairs = (v1: number[], v2: number[], images: number | null = 360) =>
      studyTable({
        studyId: 1,
        name: 'study',
        metric: 'testAccuracy',
        images,
        runs: [
          ...v1.map((count, seed) => run('v1', 20, seed, right(count))),
          ...v2.map((count, seed) => run('v2', 20, seed, right(count))),
        ],
      }).differences[0]!;
    expect(pairs([350, 351, 349], [350, 351, 349])).toMatchObject({ n: 3, std: 0, interval: null });
    expect(pairs([350, 351, 349], [350, 351, 349]).verdict).toBe(
      'Equal in all 3 pairs: no spread, so no interval. The measure is coarse: one of the 360 images is 0.28 points',
    );
    expect(pairs([350, 351, 349], [353, 354, 352]).verdict).toBe(
      'V2 − V1 = +0.83 points in each of 3 pairs: no spread, so no interval and no verdict. ' +
        'The measure is coarse: one of the 360 images is 0.28 points',
    );
    expect(pairs([350, 351, 349], [350, 352, 349]).verdict).toMatch(
      /includes 0 \(n = 3 pairs\)\. The mean difference is less than one image: one of the 360 images is 0\.28 points$/,
    );
    expect(pairs([350, 351, 349], [350, 352, 349], null).verdict).not.toContain('image');
    expect(pairs([340, 341, 339], [350, 352, 349]).verdict).not.toContain('image');
  });

  it('says of time which version is faster, and of the gap which is lower', () => {
    const of = (version: 'v1' | 'v2', seed: number, elapsedMs: number, trainAccuracy: number) => ({
      ...run(version, 20, seed, 0.9),
      elapsedMs,
      trainAccuracy,
    });
    const runs = [1, 2, 3].flatMap((seed) => [
      of('v1', seed, 50_000 + 100 * seed, 0.95),
      of('v2', seed, 60_000 + 300 * seed, 0.96 + seed / 1000),
    ]);
    const verdictOf = (metric: 'trainingTime' | 'trainTestGap') =>
      studyTable({ studyId: 1, name: 'study', metric, runs }).differences[0]!.verdict;
    expect(verdictOf('trainingTime')).toBe('V1 is faster by 10.40 ± 0.50 s (n = 3 pairs, 95 % interval excludes 0)');
    expect(verdictOf('trainTestGap')).toMatch(/^V1 is lower by 1\.20 ± 0\.25 points/);
  });

  it('counts runs without a result apart and says that they are left out', () => {
    const result = table([
      run('v1', 20, 1, 0.95),
      run('v1', 20, 2, 0.2, 'diverged'),
      run('v1', 20, 3, null, 'failed'),
      run('v1', 20, 4, Number.NaN),
      run('v1', 20, 5, 0.3, 'running'),
      run('v1', 20, 6, 0.4, 'stopped'),
      run('v2', 20, 1, 0.96),
    ]);
    expect(result.cells[0]).toMatchObject({ n: 1, mean: 0.95, runIds: { length: 6 } });
    expect(result.cells[0]!.stopped.map(({ seed, reason }) => [seed, reason])).toEqual([[6, 'stopped']]);
    expect(result.cells[0]!.failed.map(({ seed, reason }) => [seed, reason])).toEqual([
      [2, 'diverged'],
      [3, 'failed'],
      [4, 'finished with Test accuracy (%) NaN'],
    ]);
    expect(result.differences[0]!.verdict).toContain('. Left out, without a result: 4 V1 runs');
  });

  it('is empty for a study without runs', () => {
    expect(table([])).toMatchObject({ cells: [], differences: [] });
  });

  it('compares a further series with the one of its version', () => {
    const networks = [
      { version: 'v1', depth: 20, block: 'basic' },
      { version: 'v2', depth: 20, block: 'basic' },
      { version: 'v2', depth: 20, block: 'basic', se: 16 },
    ] as const;
    const runs = networks.flatMap((network, series) =>
      [1, 2, 3].map((seed) => {
        const testAccuracy = 0.9 + series / 50 + ((series + 1) * (seed - 2)) / 1000;
        return runRow({ id: 10 * series + seed, network, recipe: { seed }, testAccuracy });
      }),
    );
    const further = [{ label: 'V2 SE', version: 'v2' as const, se: 16, recipe: runs[0]!.recipe }];
    const result = studyTable({ studyId: 1, name: 'study', metric: 'testAccuracy', runs, further });
    expect(result.series.map(({ label }) => label)).toEqual(['V1', 'V2', 'V2 SE']);
    expect(result.cells.map(({ series, n }) => [series, n])).toEqual([
      ['v1', 3],
      ['v2', 3],
      ['third', 3],
    ]);
    expect(result.differences.map(({ series, against }) => [series, against])).toEqual([
      ['v2', 'v1'],
      ['third', 'v2'],
    ]);
    expect(result.differences[1]!.mean).toBeCloseTo(0.02, 12);
    expect(result.differences[1]!.verdict).toMatch(/^V2 SE is better by/);
  });
});
