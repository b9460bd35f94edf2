import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe, type TrainingRecipeInput } from '../../contract/recipe.ts';
import { digits } from '../digits.ts';
import { createDraws } from '../draws.ts';
import { batchBytes, batchMemory } from '../pipeline/batch.ts';
import { centreCrop, drawCrop, testedShare } from '../pipeline/pictureCrops.ts';
import { requirePossible } from './augmentation.ts';
import { blendWithGrey, blendWithMeanGrey, changeLighting, jitterColours } from './colour.ts';
import { cutOut } from './cutout.ts';
import { mixBatch } from './mixing.ts';
import { randAugment } from './randAugment.ts';

const seeds = fc.nat(2 ** 31 - 1);
const randomOf = (seed: number) => createDraws(seed, 1).stream(0, 'randAugment');
const image = (height: number, width: number, channels: number) => ({
  height,
  width,
  channels,
  pixels: Uint8Array.from({ length: height * width * channels }, (_, at) => (at * 37 + ((at * at) % 101)) % 256),
});

describe('a stream of draws', () => {
  it('is even, and another for each image and purpose', () => {
    const draws = createDraws(1, 1);
    const random = draws.stream(5, 'cutout');
    const values = Array.from({ length: 20_000 }, () => random());
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 2);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(draws.stream(6, 'cutout')()).not.toBe(values[0]);
    expect(draws.stream(5, 'jitter')()).not.toBe(values[0]);
    expect(draws.stream(5, 'cutout')()).toBe(values[0]);
  });
});

describe('cutout', () => {
  it('covers a square with the mean whose middle lies in the image, and nothing else', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 9 }), (seed, side) => {
        const white = { height: 9, width: 11, channels: 3, pixels: new Uint8Array(9 * 11 * 3).fill(255) };
        cutOut(white, side, [10.4, 20.6, 30], randomOf(seed));
        const covered = white.pixels.filter((_, at) => at % 3 === 1 && white.pixels[at] === 21);
        expect(white.pixels.filter((pixel) => pixel !== 255)).toHaveLength(3 * covered.length);
        expect(covered.length).toBeGreaterThanOrEqual(Math.floor(side / 2) ** 2);
        expect(covered.length).toBeLessThanOrEqual(side ** 2);
      }),
    );
  });
});

describe('colours', () => {
  it('keep greys grey and the mean where contrast goes', () => {
    const { pixels } = image(8, 8, 3);
    const grey = pixels.slice();
    blendWithGrey(grey, 0);
    for (let pixel = 0; pixel < grey.length; pixel += 3) expect(new Set(grey.subarray(pixel, pixel + 3)).size).toBe(1);
    const flat = pixels.slice();
    blendWithMeanGrey(flat, 0);
    expect(new Set(flat).size).toBe(1);
    const same = pixels.slice();
    blendWithGrey(same, 1);
    blendWithMeanGrey(same, 1);
    expect(same).toEqual(pixels);
  });

  it('are changed by what is drawn alone', () => {
    for (const change of [jitterColours, changeLighting]) {
      const [one, again, other] = [image(8, 8, 3), image(8, 8, 3), image(8, 8, 3)];
      change(one.pixels, randomOf(1));
      change(again.pixels, randomOf(1));
      change(other.pixels, randomOf(2));
      expect(one.pixels).toEqual(again.pixels);
      expect(one.pixels).not.toEqual(other.pixels);
    }
  });
});

describe('RandAugment', () => {
  it('gives bytes of the same image size whatever is drawn, and the same for the same draws', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 30 }), fc.constantFrom(1, 3), (seed, magnitude, channels) => {
        const [one, again] = [image(12, 10, channels), image(12, 10, channels)];
        randAugment(one, 3, magnitude, randomOf(seed));
        randAugment(again, 3, magnitude, randomOf(seed));
        expect(one.pixels).toEqual(again.pixels);
      }),
      { numRuns: 300 },
    );
  });

  it('at magnitude 0 leaves an image that needs no levelling as it is, most of the time', () => {
    let same = 0;
    for (let seed = 0; seed < 300; seed += 1) {
      const own = image(12, 10, 3);
      randAugment(own, 1, 0, randomOf(seed));
      if (Buffer.compare(own.pixels, image(12, 10, 3).pixels) === 0) same += 1;
    }
    // All but the two that level the histogram, of 14; solarise at 255 turns white alone.
    expect(same / 300).toBeGreaterThan(0.7);
  });
});

describe('mixing', () => {
  const input = { height: 4, width: 6, channels: 1, classes: 10 };
  const batch = (count: number) => {
    const memory = batchMemory(new ArrayBuffer(batchBytes(count, input)), count, input);
    for (let own = 0; own < count; own += 1) {
      memory.labels[own] = own;
      memory.images.fill(20 * own, own * 24, (own + 1) * 24);
    }
    return memory;
  };

  it('gives each image a second label with the share that is in it, at most a half', () => {
    const recipes = fc.constantFrom({ mixup: 0.3, cutMix: null }, { mixup: null, cutMix: 1 }, { mixup: 1, cutMix: 1 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 9 }), recipes, (seed, count, recipe) => {
        const memory = batch(count);
        mixBatch(memory, count, input, recipe, randomOf(seed));
        for (let own = 0; own < count; own += 1) {
          const labels = [memory.labels[own]!, memory.secondLabels[own]!];
          expect(labels.toSorted((one, other) => one - other)).toEqual(
            [own, count - 1 - own].toSorted((one, other) => one - other),
          );
          const share = memory.secondShares[own]!;
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(0.5);
          const mean = memory.images.subarray(own * 24, (own + 1) * 24).reduce((sum, pixel) => sum + pixel, 0) / 24;
          expect(mean).toBeCloseTo(20 * ((1 - share) * labels[0]! + share * labels[1]!), -0.4);
        }
      }),
    );
  });
});

describe('the crop of a picture', () => {
  it('lies in it, and has the area and the proportions that are allowed', () => {
    const sides = fc.integer({ min: 8, max: 900 });
    fc.assert(
      fc.property(seeds, sides, sides, (seed, height, width) => {
        for (const crop of [drawCrop(randomOf(seed), false), centreCrop()]) {
          const { top, left, height: own, width: wide } = crop(height, width);
          expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
          expect(Math.min(own, wide)).toBeGreaterThanOrEqual(1);
          expect(top + own).toBeLessThanOrEqual(height);
          expect(left + wide).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

describe('the middle of a picture', () => {
  it('is as much more of it as the size of the test is larger, up to all of it', () => {
    expect(centreCrop(testedShare(224, 224))(256, 300)).toEqual({
      top: 16,
      left: 38,
      width: 224,
      height: 224,
      mirrored: false,
    });
    expect(centreCrop(testedShare(224, 256))(256, 300)).toMatchObject({ top: 0, left: 22, width: 256, height: 256 });
    expect(testedShare(224, 320)).toBe(1);
  });
});

describe('what a data set does not allow', () => {
  const possible = (own: TrainingRecipeInput, info = digits) => requirePossible(v.parse(TrainingRecipe, own), info);

  it('is refused with the field', () => {
    expect(() => possible({ colourJitter: true })).toThrow('have no colours to change');
    expect(() => possible({ randAugmentMagnitude: 9 })).toThrow('those of "digits" go to 16');
    expect(() => possible({ cutout: 9 })).toThrow('A square of 9 pixels covers images of 8x8 whole');
    expect(() => possible({ cutout: 4, mixup: 0.2, cutMix: 1, augment: true })).not.toThrow();
  });
});
