import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTrainingBatches, eachBatch } from './batches.ts';
import type { PixelSet } from './dataSet.ts';
import { pixelsInMemory } from './imageSets.ts';
import { epochOrder } from './epochOrder.ts';

const input = { height: 8, width: 8, channels: 1, classes: 256 };

/** Images whose first pixel and label are their number, modulo 256. */
function numbered(count: number, filler = 0): PixelSet {
  const images = new Uint8Array(count * 64).fill(filler);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) images[index * 64] = labels[index] = index % 256;
  return pixelsInMemory(images, labels);
}

const options = { input, batchSize: 5, seed: 1, augment: false, flipAllowed: false, images: null };
const counts = fc.integer({ min: 1, max: 200 });
const sizes = fc.integer({ min: 1, max: 70 });
const seeds = fc.nat(2 ** 31 - 1);

describe('the order of an epoch', () => {
  it('is a permutation that follows from seed and epoch', () => {
    fc.assert(
      fc.property(seeds, counts, counts, (seed, epoch, count) => {
        const order = epochOrder(seed, epoch, count);
        expect([...order].sort((left, right) => left - right)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(epochOrder(seed, epoch, count)).toEqual(order);
      }),
    );
  });

  it('differs between epochs and between seeds', () => {
    const order = epochOrder(1, 1, 100);
    expect(epochOrder(1, 2, 100)).not.toEqual(order);
    expect(epochOrder(2, 1, 100)).not.toEqual(order);
  });

  it('is fixed for ever: a changed order would change what every recorded seed means', () => {
    expect([...epochOrder(1, 1, 12)]).toEqual([2, 8, 7, 6, 5, 9, 3, 4, 1, 10, 11, 0]);
  });
});

describe('training batches', () => {
  it('of some images are these alone, in the order of as many images', () => {
    fc.assert(
      fc.property(seeds, fc.uniqueArray(fc.nat(199), { minLength: 1 }), fc.nat(20), (seed, chosen, step) => {
        const all = numbered(200);
        const images = Uint32Array.from(chosen.sort((left, right) => left - right));
        const expected = epochOrder(seed, Math.ceil((step + 1) / Math.ceil(images.length / 5)), images.length);
        const { labels } = createTrainingBatches(all, { ...options, seed, images }).at(step + 1);
        const first = (step % Math.ceil(images.length / 5)) * 5;
        expect([...labels]).toEqual([...expected.subarray(first, first + 5)].map((place) => images[place]));
        const evaluated: number[] = [];
        for (const batch of eachBatch(all, input, 7, images)) evaluated.push(...batch.labels);
        expect(evaluated).toEqual([...images]);
      }),
    );
  });

  it('show each image once an epoch, the last smaller batch included', () => {
    fc.assert(
      fc.property(seeds, counts, sizes, fc.nat(3), (seed, count, batchSize, epoch) => {
        const batches = createTrainingBatches(numbered(count), { ...options, seed, batchSize });
        const stepsPerEpoch = Math.ceil(count / batchSize);
        const seen: number[] = [];
        for (let step = epoch * stepsPerEpoch + 1; step <= (epoch + 1) * stepsPerEpoch; step++) {
          const batch = batches.at(step);
          expect(batch.images).toHaveLength(batch.count * 64);
          for (let position = 0; position < batch.count; position++) {
            expect(batch.images[position * 64]).toBe(batch.labels[position]);
          }
          seen.push(...batch.labels);
        }
        expect(seen.sort((left, right) => left - right)).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
    );
  });

  it('can be continued at any step', () => {
    fc.assert(
      fc.property(
        seeds,
        counts,
        sizes,
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        (seed, count, batchSize, step, flip) => {
          const make = () =>
            createTrainingBatches(numbered(count), {
              input,
              seed,
              batchSize,
              augment: true,
              flipAllowed: flip,
              images: null,
            });
          const straight = make();
          for (let earlier = 1; earlier < step; earlier++) straight.at(earlier);
          expect(make().at(step)).toEqual(straight.at(step));
        },
      ),
    );
  });

  it('change an image in the same way whatever the batch size', () => {
    const shifted = (batchSize: number) => {
      const batches = createTrainingBatches(numbered(50, 9), { ...options, batchSize, augment: true });
      return Array.from({ length: Math.ceil(50 / batchSize) }, (_, index) => [...batches.at(index + 1).images]).flat();
    };
    expect(shifted(7)).toEqual(shifted(50));
  });
});

describe('evaluation batches', () => {
  it('are all images in their order', () => {
    const counts: number[] = [];
    const seen: number[] = [];
    for (const { count, labels, images } of eachBatch(numbered(12), input, 5)) {
      counts.push(count);
      seen.push(...labels);
      expect(images).toHaveLength(count * 64);
    }
    expect(counts).toEqual([5, 5, 2]);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });
});
