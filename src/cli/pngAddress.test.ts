import sharp from 'sharp';
import { expect, it } from 'vitest';
import { pngAddress } from './pngAddress.ts';

it('is a PNG with these pixels', async () => {
  const [width, height] = [3, 2];
  const pixels = Uint8ClampedArray.from({ length: 4 * width * height }, (_, index) =>
    index % 4 === 3 ? 255 : 37 * index,
  );
  const address = pngAddress({ width, height, pixels });
  const [start, data] = address.split(',');
  expect(start).toBe('data:image/png;base64');
  const { data: read, info } = await sharp(Buffer.from(data!, 'base64')).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width, height, channels: 4 });
  expect([...read]).toEqual([...pixels]);
});
