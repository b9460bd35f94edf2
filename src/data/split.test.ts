import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { splitTraining } from './split.ts';

const cases = fc
  .record({
    labels: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 400 }),
    heldOut: fc.nat(),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  })
  .map(({ labels, heldOut, seed }) => ({ labels: Int32Array.from(labels), heldOut: heldOut % labels.length, seed }));

const countOf = (labels: Int32Array, images: Iterable<number>, label: number) =>
  [...images].filter((image) => labels[image] === label).length;

describe('the validation split', () => {
  it('has every image once, in ascending order, and holds out as many as it was asked for', () => {
    fc.assert(
      fc.property(cases, ({ labels, heldOut, seed }) => {
        const { train, validation } = splitTraining(labels, 7, heldOut, seed);
        expect(validation).toHaveLength(heldOut);
        expect([...train, ...validation].sort((one, other) => one - other)).toEqual([...labels.keys()]);
        for (const part of [train, validation]) expect(part).toEqual(part.toSorted());
      }),
    );
  });

  it('takes from each class its share, to less than one image', () => {
    fc.assert(
      fc.property(cases, ({ labels, heldOut, seed }) => {
        const { validation } = splitTraining(labels, 7, heldOut, seed);
        for (let label = 0; label < 7; label += 1) {
          const share = (countOf(labels, labels.keys(), label) * heldOut) / labels.length;
          expect(Math.abs(countOf(labels, validation, label) - share)).toBeLessThan(1);
        }
      }),
    );
  });

  it('gives the images that are left over to the largest remainders', () => {
    // 5, 3 and 2 of 10 images; of 3 held out: 1.5, 0.9, 0.6.
    const labels = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 2, 2);
    const { validation } = splitTraining(labels, 3, 3, 0);
    expect([0, 1, 2].map((label) => countOf(labels, validation, label))).toEqual([1, 1, 1]);
  });

  it('holds out any image of a class, by the seed', () => {
    const labels = new Int32Array(20);
    const chosen = new Set<number>();
    for (let seed = 0; seed < 200; seed += 1)
      for (const image of splitTraining(labels, 1, 5, seed).validation) chosen.add(image);
    expect(chosen.size).toBe(20);
  });

  it('is the same for ever', () => {
    const labels = Int32Array.from({ length: 30 }, (_, image) => image % 3);
    expect([...splitTraining(labels, 3, 6, 0).validation]).toEqual([2, 4, 7, 8, 12, 21]);
    expect([...splitTraining(labels, 3, 6, 1).validation]).toEqual([1, 3, 12, 14, 23, 28]);
  });
});
