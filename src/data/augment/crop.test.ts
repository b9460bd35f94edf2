import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropPadding, drawChange, writeChanged } from './crop.ts';
import { createDraws } from '../draws.ts';

/** The definition, pixel by pixel: pad, crop, mirror. */
function reference(source: Uint8Array, height: number, width: number, channels: number, down: number, right: number) {
  return (row: number, column: number, channel: number, mirrored: boolean) => {
    const from = { row: row + down, column: (mirrored ? width - 1 - column : column) + right };
    const inside = from.row >= 0 && from.row < height && from.column >= 0 && from.column < width;
    return inside ? source[(from.row * width + from.column) * channels + channel]! : 0;
  };
}

describe('augmentation', () => {
  it('pads by 4, or by an eighth of a small image', () => {
    expect(cropPadding({ height: 32, width: 32 })).toBe(4);
    expect(cropPadding({ height: 8, width: 8 })).toBe(1);
    expect(cropPadding({ height: 224, width: 24 })).toBe(3);
  });

  it('moves and mirrors as the definition says, and touches nothing beside the image', () => {
    const shift = fc.integer({ min: -4, max: 4 });
    const side = fc.integer({ min: 8, max: 12 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 3 }),
        shift,
        shift,
        fc.boolean(),
        (height, width, channels, down, right, mirrored) => {
          const size = height * width * channels;
          const source = Uint8Array.from({ length: size }, (_, index) => (index % 255) + 1);
          const target = new Uint8Array(size + 4).fill(77);
          writeChanged(source, { height, width, channels, classes: 2 }, { down, right, mirrored }, target, 2);
          const expected = reference(source, height, width, channels, down, right);
          const changed: number[] = [];
          for (let row = 0; row < height; row++)
            for (let column = 0; column < width; column++)
              for (let channel = 0; channel < channels; channel++)
                changed.push(expected(row, column, channel, mirrored));
          expect([...target]).toEqual([77, 77, ...changed, 77, 77]);
        },
      ),
    );
  });

  it('reaches every position, and mirrors half of the images where that is allowed', () => {
    const draws = createDraws(1, 1);
    const changes = Array.from({ length: 2000 }, (_, image) => drawChange(draws, image, 1, true));
    expect(new Set(changes.map(({ down, right }) => `${down},${right}`)).size).toBe(9);
    const mirrored = changes.filter((change) => change.mirrored).length;
    expect(mirrored).toBeGreaterThan(900);
    expect(mirrored).toBeLessThan(1100);
    expect(drawChange(draws, 5, 1, false).mirrored).toBe(false);
  });
});
