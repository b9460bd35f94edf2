import { expect, it } from 'vitest';
import { readGpuMemory } from '../../scripts/setup/gpus.mjs';
import { newRun } from '../store/store.fixture.ts';
import { createEstimates, estimateRun, memoryRoom, requireRoom } from './memoryRoom.ts';

it('refuses what cannot fit at all, and nothing that may', () => {
  const room = { total: 8e9, free: 1e9 };
  expect(() => requireRoom(8.8e9, room)).not.toThrow();
  expect(() => requireRoom(9e9, room)).toThrow(
    'A training step would need about 9.0 GB, and there are 8.0 GB of memory',
  );
});

it('estimates a network once, and anew where what it needs may be another', () => {
  let built = 0;
  const estimate = createEstimates((run) => {
    built += 1;
    return estimateRun(run);
  });
  const seeds = [1, 2, 3].map((seed) => newRun({ recipe: { seed } }));
  expect(new Set(seeds.map(estimate))).toEqual(new Set([estimateRun(newRun())]));
  expect(built).toBe(1);
  const others = [
    newRun({ recipe: { batchSize: 128 } }),
    newRun({ recipe: { microBatches: 2 } }),
    newRun({ recipe: { recompute: 'half' } }),
    newRun({ network: { version: 'v2', depth: 20, block: 'basic' } }),
    newRun({ input: { height: 32, width: 32, channels: 3, classes: 10 } }),
  ];
  expect(others.map(estimate)).toEqual(others.map(estimateRun));
  expect(built).toBe(1 + others.length);
});

it('knows the memory of this machine, and that of a GPU as its driver tells it', () => {
  const { total, free } = memoryRoom();
  expect(total).toBeGreaterThan(1e9);
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(total);
  expect(readGpuMemory('81559 MiB, 80994 MiB\n[N/A], [N/A]\n')).toEqual([
    { total: 81_559 * 2 ** 20, free: 80_994 * 2 ** 20 },
  ]);
});
