import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imageOf, importInto, refusalOf } from './import.fixture.ts';
import { temporaryFolder } from './sources.fixture.ts';

const npy = (dtype: string, shape: readonly number[], values: Uint8Array): Buffer => {
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n';
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), values]);
};
const images = (count: number, ...sizes: number[]) => {
  const size = sizes.reduce((product, length) => product * length, 1);
  return npy(
    '|u1',
    [count, ...sizes],
    Uint8Array.from({ length: count * size }, (_, index) => Math.floor(index / size)),
  );
};
const labels = (count: number, classes = 4) =>
  npy(
    '<i8',
    [count],
    new Uint8Array(BigInt64Array.from({ length: count }, (_, index) => BigInt(index % classes)).buffer),
  );

/** A ZIP archive of stored members, as numpy.savez writes it. */
function npz(members: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(members)) {
    const own = Buffer.from(`${name}.npy`);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(own.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, own, bytes);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, own);
    offset += 30 + own.length + bytes.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(members).length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function file(name: string, bytes: Buffer): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

describe('NumPy arrays', () => {
  it('in an NPZ file with parts of their own are read as they are', async () => {
    const members = {
      x_train: images(40, 10, 12, 3),
      y_train: labels(40),
      x_test: images(8, 10, 12, 3),
      y_test: labels(8),
    };
    const { info, pixels } = await importInto(file('My Images 2.npz', npz(members)));
    expect(info).toMatchObject({ name: 'my-images-2', kind: 'arrays', trainImages: 40, testImages: 8 });
    expect(info.input).toEqual({ height: 10, width: 12, channels: 3, classes: 4 });
    expect(new Set(imageOf(pixels(), 17))).toEqual(new Set([17]));
  });

  it('without test images give some, the same ones for the same seed, of each class alike', async () => {
    const path = file('grey.npz', npz({ images: images(100, 8, 8), labels: labels(100) }));
    const [first, again, other] = [
      await importInto(path, { testShare: 0.2 }),
      await importInto(path, { testShare: 0.2 }),
      await importInto(path, { testShare: 0.2, splitSeed: 5 }),
    ];
    expect(first.info).toMatchObject({ trainImages: 80, testImages: 20, testCounts: [5, 5, 5, 5], maxPixel: 255 });
    expect(first.info.split).toBe('20 % of the images were split off for the test, stratified by class (seed 0)');
    expect(again.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
    expect(other.files[0]!.sha256).not.toBe(first.files[0]!.sha256);
  });

  it('in NPY files side by side are read together', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'set'));
    writeFileSync(join(folder, 'set', 'images.npy'), images(20, 9, 9));
    writeFileSync(join(folder, 'set', 'labels.npy'), labels(20));
    expect((await importInto(join(folder, 'set', 'images.npy'))).info).toMatchObject({
      name: 'images',
      trainImages: 18,
    });
  });

  it('of few grey levels say which is white', async () => {
    const dim = npy('|u1', [20, 8, 8], new Uint8Array(20 * 64).fill(16));
    expect((await importInto(file('dim.npz', npz({ images: dim, labels: labels(20) })))).info.maxPixel).toBe(16);
  });

  it.each([
    [
      'floats',
      { images: npy('<f4', [20, 8, 8], new Uint8Array(20 * 64 * 4)), labels: labels(20) },
      /images is <f4, not uint8/,
    ],
    ['channels first', { images: images(20, 3, 32, 32), labels: labels(20) }, /not \[count, height, width\]/],
    ['fewer labels', { images: images(20, 8, 8), labels: labels(19) }, /has 19 labels for 20 images/],
    [
      'negative labels',
      { images: images(2, 8, 8), labels: npy('<i8', [2], new Uint8Array(16).fill(255)) },
      /has the label -1/,
    ],
    ['other names', { pictures: images(2, 8, 8) }, /has no images with labels; it has: pictures/],
    [
      'a class that is missing',
      {
        images: images(20, 8, 8),
        labels: npy(
          '|u1',
          [20],
          new Uint8Array(20).map((_, index) => (index % 2) * 2),
        ),
      },
      /The class "1" has no training images/,
    ],
  ])('with %s are refused', async (_what, members, message) => {
    expect((await refusalOf(file('set.npz', npz(members)))).message).toMatch(message);
  });
});
