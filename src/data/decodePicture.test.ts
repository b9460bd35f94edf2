import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropPicture, decodePicture } from './decodePicture.ts';
import { checkPicture } from './files/imageHeader.ts';

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
