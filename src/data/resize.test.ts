import { describe, expect, it } from 'vitest';
import { cropAndResize } from './resize.ts';

const grey = (height: number, width: number, value: (row: number, column: number) => number) => ({
  height,
  width,
  channels: 1,
  pixels: Uint8Array.from({ length: height * width }, (_, index) => value(Math.floor(index / width), index % width)),
});

describe('cropping and resizing', () => {
  it('leaves a picture of the wanted size as it is, and an even one even', () => {
    const picture = grey(5, 7, (row, column) => 10 * row + column);
    expect([...cropAndResize(picture, 5, 7).pixels]).toEqual([...picture.pixels]);
    const { pixels } = cropAndResize(
      grey(31, 17, () => 99),
      8,
      8,
    );
    pixels.forEach((value) => expect(value).toBeCloseTo(99, 4));
  });

  it('takes the middle of a picture with other proportions', () => {
    const picture = grey(4, 8, (_row, column) => (column < 2 || column >= 6 ? 0 : 200));
    expect([...cropAndResize(picture, 4, 4).pixels]).toEqual(new Array(16).fill(200));
  });

  it('makes smaller as Pillow does (BILINEAR)', () => {
    // Image.fromarray(numpy.arange(0, 160, 10, 'float32').reshape(1, 16).repeat(16, 0)).resize((4, 4), Image.BILINEAR)
    const picture = grey(16, 16, (_row, column) => 10 * column);
    const row = [...cropAndResize(picture, 4, 4).pixels.subarray(0, 4)];
    [18.928572, 55, 95, 131.07143].forEach((value, index) => expect(row[index]).toBeCloseTo(value, 4));
  });
});
