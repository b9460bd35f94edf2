import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { checkPicture, plainJpegSize } from './imageHeader.ts';

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A comment, then a start of frame. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 4, 65, 66]), frame]);
}

describe('the header of a picture', () => {
  it('lets pictures of a usual size pass', () => {
    expect(() => checkPicture(png(4000, 3000), 'a.png')).not.toThrow();
    expect(() => checkPicture(jpeg(4000, 3000), 'a.jpg')).not.toThrow();
  });

  it('refuses what would take gigabytes to decode, and what is no picture', () => {
    expect(() => checkPicture(png(100_000, 100_000), 'bomb.png')).toThrow(/bomb\.png is 100000x100000 pixels/);
    expect(() => checkPicture(jpeg(60_000, 60_000), 'bomb.jpg')).toThrow(/60000x60000/);
    expect(() => checkPicture(png(0, 5), 'empty.png')).toThrow(/5x0/);
    expect(() => checkPicture(Buffer.from('GIF89a'), 'a.gif')).toThrow(/no PNG, JPEG or WebP/);
  });

  it('tells a plain JPEG from any other', () => {
    const components = (...pairs: number[]) =>
      pairs.flatMap((value, index) => (index % 2 === 1 ? [value, 0] : [value]));
    const usual = components(1, 0x22, 2, 0x11, 3, 0x11);
    const frame = (marker: number, parts: number[]) => [0xff, marker, 0, 17, 8, 0, 30, 0, 40, 3, ...parts];
    const segment = (marker: number, ...content: number[]) => [0xff, marker, 0, content.length + 2, ...content];
    const scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0];
    const sizeOf = (...parts: number[][]) => plainJpegSize(Uint8Array.from([0xff, 0xd8, ...parts.flat()]));
    const [own, end] = [frame(0xc0, usual), [0, 0, 0xff, 0xd9]];

    expect(sizeOf(own, scan, end)).toEqual({ height: 30, width: 40, channels: 3 });
    expect(sizeOf(segment(0xe0, 74, 70, 73, 70, 0), segment(0xfe, 65), own, scan, end)).not.toBeNull();
    for (const finest of [0x11, 0x21])
      expect(sizeOf(frame(0xc0, components(1, finest, 2, 0x11, 3, 0x11)), scan, end)).not.toBeNull();

    const others: Record<string, number[][]> = {
      'cut short': [own, scan],
      progressive: [frame(0xc2, usual), scan, end],
      'with two frames': [own, own, scan, end],
      'without a frame': [scan, end],
      'without a scan': [own, end],
      'in scans of one component': [own, [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0], end],
      'with EXIF data': [segment(0xe1, 69), own, scan, end],
      'with EXIF data after its frame': [own, segment(0xe1, 69), scan, end],
      'with a colour profile': [segment(0xe2, 73), own, scan, end],
      'with a note of Adobe': [own, segment(0xee, 65), scan, end],
      'in red, green and blue': [frame(0xc0, components(82, 0x11, 71, 0x11, 66, 0x11)), scan, end],
      'sampled in another way': [frame(0xc0, components(1, 0x41, 2, 0x11, 3, 0x11)), scan, end],
      'with bytes between its segments': [own, [0], scan, end],
    };
    for (const [what, parts] of Object.entries(others)) expect(sizeOf(...parts), what).toBeNull();
    expect(plainJpegSize(jpeg(40, 30))).toBeNull();
    expect(plainJpegSize(png(40, 30))).toBeNull();
  });

  it('never fails otherwise, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: 64 }).map((rest) => Buffer.concat([Buffer.from([0xff, 0xd8]), rest])),
      fc.tuple(fc.nat(20), fc.nat(255)).map(([at, value]) => Buffer.from(jpeg(8, 8)).fill(value, at, at + 1)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          plainJpegSize(some);
          checkPicture(some, 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
