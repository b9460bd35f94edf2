import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cropAndResize, resizeInto } from './resize.ts';

const grey = (height: number, width: number, value: (row: number, column: number) => number) => ({
  height,
  width,
  channels: 1,
  pixels: Uint8Array.from({ length: height * width }, (_, index) => value(Math.floor(index / width), index % width)),
});

/** The high bytes of a linear congruential generator from 1 on. */
function noise(height: number, width: number, channels: number) {
  let state = 1;
  const pixels = Uint8Array.from({ length: height * width * channels }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { height, width, channels, pixels };
}

function resized(picture: ReturnType<typeof noise>, size: [number, number], box?: number[], mirrored = false) {
  const [left, top, right, bottom] = box ?? [0, 0, picture.width, picture.height];
  const [height, width] = size;
  const target = new Uint8Array(height * width * picture.channels);
  const part = { left: left!, top: top!, width: right! - left!, height: bottom! - top! };
  resizeInto(target, picture, { part, height, width, mirrored });
  return target;
}

describe('cropping and resizing', () => {
  it('leaves a picture of the wanted size as it is, and an even one even', () => {
    const picture = grey(5, 7, (row, column) => 10 * row + column);
    expect([...cropAndResize(picture, 5, 7).pixels]).toEqual([...picture.pixels]);
    for (const value of [0, 99, 255]) {
      const even = grey(31, 17, () => value);
      expect([...cropAndResize(even, 8, 8).pixels]).toEqual(new Array(64).fill(value));
    }
  });

  it('takes the middle of a picture with other proportions', () => {
    const picture = grey(4, 8, (_row, column) => (column < 2 || column >= 6 ? 0 : 200));
    expect([...cropAndResize(picture, 4, 4).pixels]).toEqual(new Array(16).fill(200));
  });

  it('makes smaller as Pillow does (BILINEAR)', () => {
    // Image.fromarray(numpy.arange(0, 160, 10, 'uint8').reshape(1, 16).repeat(16, 0)).resize((4, 4), Image.BILINEAR)
    const picture = grey(16, 16, (_row, column) => 10 * column);
    expect([...cropAndResize(picture, 4, 4).pixels.subarray(0, 4)]).toEqual([19, 55, 95, 131]);
  });

  // sha256(Image.fromarray(noise).resize((width, height), Image.BILINEAR, box=box).tobytes()), Pillow 13.0.0
  it.each([
    [[37, 29, 3], [8, 5], undefined, 'df0e65df33784b8edc7805bacbe783745acc8dd58f369b87bce19a11ab94cd40'],
    [[9, 14, 3], [12, 20], undefined, 'ffdc61468c4a2565a61852ebd40544b43e7717fd874b35fe34d300ff0c115e71'],
    [[50, 40, 1], [7, 3], [1.5, 2.25, 39, 44.75], '51ef21d9ab3912d5f7b0f926b1f4dcffd6c22ce02d14356690d7fe09ba356cfc'],
    [[300, 400, 3], [224, 224], undefined, '736305ada278a9ca9fc99dca9372ea1ffc4d0d1a95a87be53c574a1752e70082'],
  ] as [[number, number, number], [number, number], number[] | undefined, string][])(
    'gives the bytes of Pillow: %j to %j of %j',
    (from, to, box, expected) => {
      expect(
        createHash('sha256')
          .update(resized(noise(...from), to, box))
          .digest('hex'),
      ).toBe(expected);
    },
  );

  it('is within 1 of Pillow where that begins with the columns', () => {
    // Image.fromarray(noise).resize((25, 4), Image.BILINEAR)
    const pillow = [134, 125, 113, 138, 102, 118, 161, 151, 110, 154, 158, 125];
    const own = resized(noise(40, 30, 3), [4, 25]);
    pillow.forEach((value, index) => expect(Math.abs(own[index]! - value)).toBeLessThanOrEqual(1));
  });

  it('mirrors each row', () => {
    const picture = noise(20, 33, 3);
    const [plain, mirrored] = [resized(picture, [7, 9]), resized(picture, [7, 9], undefined, true)];
    const pixel = (of: Uint8Array, row: number, column: number) => of.slice((row * 9 + column) * 3).subarray(0, 3);
    for (let row = 0; row < 7; row += 1)
      for (let column = 0; column < 9; column += 1)
        expect(pixel(mirrored, row, column)).toEqual(pixel(plain, row, 8 - column));
  });

  it('gives the same whatever was resized before', () => {
    const own = () => Buffer.from(resized(noise(12, 11, 3), [5, 6])).toString('hex');
    const first = own();
    resized(noise(700, 900, 3), [300, 200]);
    expect(own()).toBe(first);
  });
});
