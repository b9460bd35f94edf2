import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { SyntheticSource } from '../../contract/data.ts';
import { imageOf, importInto } from './import.fixture.ts';

const source = (own: object = {}) =>
  parse(SyntheticSource, { kind: 'synthetic', images: 30, testImages: 10, height: 12, width: 16, classes: 3, ...own });

it('synthetic images follow from the seed, and each from its number alone', async () => {
  const [first, again, more, other] = [
    await importInto(source()),
    await importInto(source()),
    await importInto(source({ images: 60 })),
    await importInto(source({ seed: 1 })),
  ];
  expect(first.info).toMatchObject({ name: 'synthetic', trainCounts: [10, 10, 10], testImages: 10, maxPixel: 255 });
  expect(again.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
  expect(imageOf(more.pixels(), 29)).toEqual(imageOf(first.pixels(), 29));
  expect(imageOf(other.pixels(), 0)).not.toEqual(imageOf(first.pixels(), 0));
});

it('synthetic images of a class are alike, and those of two classes are not', async () => {
  const { pixels } = await importInto(source({ noise: 0, channels: 1, images: 300 }));
  const spectrum = (index: number) => {
    // Differences to the neighbours across and down do not depend on the phase.
    const image = imageOf(pixels(), index);
    const differences = (step: number) =>
      image.slice(0, 160).reduce((sum, value, at) => sum + Math.abs(value - image[at + step]!), 0);
    return differences(1) / (differences(1) + differences(16));
  };
  expect(Math.abs(spectrum(0) - spectrum(3))).toBeLessThan(Math.abs(spectrum(0) - spectrum(1)) / 2);
});
