import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe } from '../../contract/recipe.ts';
import type { PixelSet } from '../dataSet.ts';
import { digits } from '../digits.ts';
import { epochOrder } from '../epochOrder.ts';
import { pixelsInMemory } from '../imageSets.ts';
import { batchBytes, batchMemory, batchOf, type Batch } from './batch.ts';
import { createFiller, type BatchPlan } from './filler.ts';

const input = { height: 8, width: 8, channels: 1, classes: 256 };

/** Images whose first pixel and label are their number, modulo 256. */
function numbered(count: number, filler = 0): PixelSet {
  const images = new Uint8Array(count * 64).fill(filler);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) images[index * 64] = labels[index] = index % 256;
  return pixelsInMemory(images, labels);
}

const recipe = v.parse(TrainingRecipe, {});
const augmented = v.parse(TrainingRecipe, { augment: true });

/** Copies of the batches of a plan. */
function batchesOf(images: PixelSet, own: Partial<BatchPlan>, flipAllowed = false) {
  const plan: BatchPlan = { purpose: 'train', batchSize: 5, seed: 1, images: null, recipe, ...own };
  const { batchSize } = plan;
  const filler = createFiller(images, { ...digits, input, flipAllowed }, plan);
  const memory = batchMemory(new ArrayBuffer(batchBytes(batchSize, input)), batchSize, input);
  const at = async (step: number): Promise<Batch> => {
    const { count, images: bytes, labels } = batchOf(memory, await filler.fill(step, memory), input, false);
    return { count, images: bytes.slice(), labels: labels.slice(), second: null };
  };
  return { at, batches: filler.batches };
}

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
  it('of some images are these alone, in the order of as many images', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.uniqueArray(fc.nat(199), { minLength: 1 }), fc.nat(20), async (seed, chosen, step) => {
        const images = Uint32Array.from(chosen.sort((left, right) => left - right));
        const { at, batches } = batchesOf(numbered(200), { seed, images });
        const expected = epochOrder(seed, Math.ceil((step + 1) / batches), images.length);
        const first = (step % batches) * 5;
        const { labels } = await at(step + 1);
        expect([...labels]).toEqual([...expected.subarray(first, first + 5)].map((place) => images[place]));
      }),
    );
  });

  it('show each image once an epoch, the last smaller batch included', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, counts, sizes, fc.nat(3), async (seed, count, batchSize, epoch) => {
        const { at, batches } = batchesOf(numbered(count), { seed, batchSize });
        const seen: number[] = [];
        for (let step = epoch * batches + 1; step <= (epoch + 1) * batches; step++) {
          const batch = await at(step);
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

  it('can be continued at any step', async () => {
    const steps = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(seeds, counts, sizes, steps, fc.boolean(), async (seed, count, batchSize, step, flip) => {
        const make = () => batchesOf(numbered(count), { seed, batchSize, recipe: augmented }, flip);
        const straight = make();
        for (let earlier = 1; earlier < step; earlier++) await straight.at(earlier);
        expect(await make().at(step)).toEqual(await straight.at(step));
      }),
    );
  });

  it('change an image in the same way whatever the batch size', async () => {
    const shifted = async (batchSize: number) => {
      const { at, batches } = batchesOf(numbered(50, 9), { batchSize, recipe: augmented });
      const images: number[] = [];
      for (let step = 1; step <= batches; step += 1) images.push(...(await at(step)).images);
      return images;
    };
    expect(await shifted(7)).toEqual(await shifted(50));
  });
});

describe('evaluation batches', () => {
  it('are all images in their order, or those chosen, unchanged', async () => {
    const seen = async (images: Uint32Array | null) => {
      const { at, batches } = batchesOf(numbered(12), { purpose: 'evaluate', images, recipe: augmented });
      const made = [];
      for (let step = 1; step <= batches; step += 1) made.push(await at(step));
      return { counts: made.map(({ count }) => count), labels: made.flatMap(({ labels }) => [...labels]) };
    };
    expect(await seen(null)).toEqual({ counts: [5, 5, 2], labels: Array.from({ length: 12 }, (_, index) => index) });
    expect(await seen(Uint32Array.of(3, 4, 11))).toEqual({ counts: [3], labels: [3, 4, 11] });
  });
});
