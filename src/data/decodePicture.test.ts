import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { cropPicture, decodePicture } from './decodePicture.ts';
import { checkPicture, plainJpegSize } from './files/imageHeader.ts';

/** Left half red, right half blue. */
const two = () => {
  const half = (background: string) => ({ create: { width: 20, height: 30, channels: 3, background } }) as const;
  return sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } }).composite([
    { input: half('blue'), left: 20, top: 0 },
  ]);
};
const at = ({ pixels, width }: { pixels: Uint8Array; width: number }, row: number, column: number) => [
  ...pixels.subarray((row * width + column) * 3, (row * width + column) * 3 + 3),
];

describe('a picture', () => {
  it.each([
    ['PNG', two().png()],
    ['JPEG', two().jpeg({ quality: 100, chromaSubsampling: '4:4:4' })],
    ['lossless WebP', two().webp({ lossless: true })],
    ['lossy WebP', two().webp({ quality: 100 })],
  ])('is decoded from %s', async (_what, image) => {
    const picture = await decodePicture(await image.toBuffer(), 'file', 3);
    expect(picture).toMatchObject({ height: 30, width: 40, channels: 3 });
    expect(at(picture, 2, 2)[0]).toBeGreaterThan(240);
    expect(at(picture, 2, 37)[2]).toBeGreaterThan(240);
  });

  it('in grey has one channel, and three where a network wants three', async () => {
    const grey = await two().greyscale().png().toBuffer();
    expect(await decodePicture(grey, 'file', 1)).toMatchObject({ channels: 1 });
    expect(await decodePicture(grey, 'file', 3)).toMatchObject({ channels: 3 });
  });

  it('lies as its EXIF data says, and is opaque', async () => {
    const turned = await two().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await decodePicture(turned, 'file', 3)).toMatchObject({ height: 40, width: 30 });
    const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: '#ffffff00' } })
      .png()
      .toBuffer();
    expect(at(await decodePicture(clear, 'file', 3), 4, 4)).toEqual([0, 0, 0]);
  });

  it.each([
    ['a text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000')],
    ['nothing', Buffer.alloc(0)],
  ])('that is %s is refused', async (_what, bytes) => {
    await expect(decodePicture(bytes, 'cat.jpg', 3)).rejects.toThrow('cat.jpg is no PNG, JPEG or WebP picture');
  });

  it.each([
    ['as it is', 1, [30, 40]],
    ['turned by its EXIF data', 6, [40, 30]],
  ])('is cropped by the size that it has upright: %s', async (_what, orientation, upright) => {
    const image = two().jpeg({ quality: 100 });
    const bytes = await (orientation === 1 ? image : image.withMetadata({ orientation })).toBuffer();
    const sizes: number[][] = [];
    const whole = (height: number, width: number) => {
      sizes.push([height, width]);
      return { top: 0, left: 0, height, width, mirrored: false };
    };
    const pixels = new Uint8Array(8 * 8 * 3);
    await cropPicture(bytes, 'file', { height: 8, width: 8, channels: 3, crop: whole }, pixels);
    expect(sizes).toEqual([upright]);
    // Turned by a quarter, what was on the left is on top.
    const [firstIsRed, lastIsBlue] = [
      at({ pixels, width: 8 }, 1, 1)[0]! > 240,
      at({ pixels, width: 8 }, 6, 6)[2]! > 240,
    ];
    expect([firstIsRed, lastIsBlue]).toEqual([true, true]);
  });

  it('that is cut short is refused and named', async () => {
    const noise = sharp({
      create: {
        width: 99,
        height: 99,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    });
    const whole = await noise.jpeg().toBuffer();
    await expect(decodePicture(whole.subarray(0, whole.length / 2), 'cat.jpg', 3)).rejects.toThrow(
      'The picture cat.jpg cannot be decoded',
    );
  });

  it('in WebP says its size before it is decoded', async () => {
    const alpha = sharp({ create: { width: 70, height: 50, channels: 4, background: '#ff000080' } });
    for (const options of [{ lossless: true }, { quality: 80 }]) {
      const bytes = await alpha.clone().webp(options).toBuffer();
      expect(() => checkPicture(bytes, 'file')).not.toThrow();
    }
    const bomb = await two().webp({ lossless: true }).toBuffer();
    bomb.writeUInt32LE(0xffff_ffff >>> 4, 21);
    expect(() => checkPicture(bomb, 'file')).toThrow('16384x16384');
  });
});

describe('a plain JPEG', () => {
  /** Gradients under noise, the same each time: edges, and colours that change from pixel to pixel. */
  const scene = (width: number, height: number) => {
    const pixels = Buffer.alloc(width * height * 3);
    let state = 1;
    for (const at of pixels.keys()) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      pixels[at] = 40 + (at * 160) / pixels.length + (state >>> 27);
    }
    return sharp(pixels, { raw: { width, height, channels: 3 } });
  };
  /** On average and at most. */
  const difference = (own: Uint8Array, other: Uint8Array) => {
    expect(own).toHaveLength(other.length);
    const each = Array.from(own, (value, at) => Math.abs(value - other[at]!));
    return { mean: each.reduce((sum, value) => sum + value, 0) / each.length, most: Math.max(...each) };
  };

  it.each([
    ['4:4:4', 1, 1],
    ['4:2:0', 1, 1],
    ['4:4:4', 97, 61],
    ['4:2:0', 97, 61],
    ['4:2:0', 160, 8],
  ])('sampled %s, of %i x %i pixels, is nearly what libjpeg makes of it', async (chromaSubsampling, width, height) => {
    const bytes = await scene(width, height).jpeg({ quality: 90, chromaSubsampling }).toBuffer();
    expect(plainJpegSize(bytes)).toMatchObject({ width, height });
    const { mean, most } = difference(
      (await decodePicture(bytes, 'file', 3)).pixels,
      await sharp(bytes).raw().toBuffer(),
    );
    expect(mean).toBeLessThan(1);
    expect(most).toBeLessThanOrEqual(chromaSubsampling === '4:4:4' ? 3 : 12);
  });

  it('sampled 4:2:2, with restart markers, is nearly what libjpeg makes of it', async () => {
    // Pillow 13: Image.fromarray(gradients).save(file, quality=90, subsampling=1, restart_marker_blocks=1, optimize=True)
    const bytes = Buffer.from(RESTARTED, 'base64');
    expect(plainJpegSize(bytes)).toMatchObject({ width: 37, height: 19 });
    const { most } = difference((await decodePicture(bytes, 'file', 3)).pixels, await sharp(bytes).raw().toBuffer());
    expect(most).toBeLessThanOrEqual(3);
  });

  it('is cropped out of what it is as a whole', async () => {
    const bytes = await scene(97, 61).jpeg().toBuffer();
    const part = { left: 13, top: 7, width: 31, height: 22 };
    const target = new Uint8Array(22 * 31 * 3);
    const crop = () => ({ ...part, mirrored: false });
    await cropPicture(bytes, 'file', { height: 22, width: 31, channels: 3, crop }, target);
    const whole = await decodePicture(bytes, 'file', 3);
    const raw = { raw: { width: 97, height: 61, channels: 3 } } as const;
    expect(Buffer.from(target)).toEqual(await sharp(whole.pixels, raw).extract(part).raw().toBuffer());
  });

  it.each([
    ['as a whole', (bytes: Uint8Array) => decodePicture(bytes, 'file', 3)],
    [
      'in crops',
      (bytes: Uint8Array) => {
        const crop = (height: number, width: number) => ({ top: 0, left: 0, height, width, mirrored: false });
        return cropPicture(bytes, 'file', { height: 8, width: 8, channels: 3, crop }, new Uint8Array(8 * 8 * 3));
      },
    ],
  ])('is not kept in memory when the next is decoded: %s', async (_what, decode) => {
    const plain = sharp({ create: { width: 3000, height: 2000, channels: 3, background: 'teal' } });
    const bytes = await plain.jpeg().toBuffer();
    const before = process.memoryUsage.rss();
    // 40 of 18 MB, if all were kept.
    for (let picture = 0; picture < 40; picture += 1) await decode(bytes);
    expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
  });

  it('that is damaged is a picture all the same, or an error that names it', async () => {
    const whole = await scene(40, 30).jpeg().toBuffer();
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const { height, width, pixels } = await decodePicture(bytes, 'cat.jpg', 3);
          expect(pixels).toHaveLength(height * width * 3);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as UserError).message).toContain('cat.jpg');
        }
      }),
      { numRuns: 300 },
    );
  });
});

const RESTARTED =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAATACUDASEAAhEBAxEB/8QAGQAAAgMBAAAAAAAAAAAAAAAAAAYFBwgC/8QAIRAAAQMEAgMBAAAAAAAAAAAAAAUGIgEDBDEhMhEjoRP/xAAYAQEAAwEAAAAAAAAAAAAAAAAHBAUGCP/EACERAAEDBAIDAQAAAAAAAAAAAAACBSEBAwRhMVESFSIT/90ABAAB/9oADAMBAAIRAxEAPwDhPdGpjKnujUw2o2aBRqweIP/QsdPdGp/RlT3RqYe0bNEdqweIP//R0bjOj19wMF6zQh28H4pB/9Kn090amMqe6NTLBLZoyzVg8Qf/04lPdGpjKnujU/pbUbNG7asHiD//1HDGdHr7gXfrNHQtvB+KQf/VyxgZN3idRlT8i5xOoqUto6JTUhMQf//WqJPybvik6jKn5N3idRapbR0NzUhMQf/XiMXJu/n3qAv/AJo6Ot7aE+NIP//Z';
