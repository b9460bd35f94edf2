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

  it('is the whole truth of a JPEG only where no EXIF data can turn it', () => {
    const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    const exif = Buffer.from([0xff, 0xe1, 0, 4, 0, 0]);
    const [start, rest] = [jpeg(40, 30).subarray(0, 2), jpeg(40, 30).subarray(2)];
    expect(plainJpegSize(Buffer.concat([start, rest, scan]))).toMatchObject({ height: 30, width: 40 });
    expect(plainJpegSize(Buffer.concat([start, exif, rest, scan]))).toBeNull();
    expect(plainJpegSize(Buffer.concat([start, rest, exif, scan]))).toBeNull();
    expect(plainJpegSize(Buffer.concat([start, rest, Buffer.from([0]), exif, scan]))).toBeNull();
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
          checkPicture(some, 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
