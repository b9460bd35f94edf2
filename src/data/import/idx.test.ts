import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { imageOf, importInto, refusalOf } from './import.fixture.ts';
import { idx, mnistFolder } from './sources.fixture.ts';

describe('the files of MNIST', () => {
  it.each([true, false])('are read, packed: %s', async (packed) => {
    const { info, pixels } = await importInto(mnistFolder(packed));
    expect(info).toMatchObject({
      name: 'mnist',
      title: 'MNIST',
      kind: 'idx',
      input: { height: 28, width: 28, channels: 1, classes: 10 },
      trainImages: 40,
      testImages: 20,
      flipAllowed: false,
    });
    expect(pixels().train.labels[13]).toBe(3);
    expect(imageOf(pixels(), 13)[0]).toBe(13);
  });

  it('are found by one of them, and told from Fashion-MNIST by the folder', async () => {
    const folder = mnistFolder(true, 'FashionMNIST');
    const { info } = await importInto(join(folder, 't10k-labels-idx1-ubyte.gz'));
    expect(info).toMatchObject({ name: 'fashion-mnist', flipAllowed: true });
    expect(info.classNames[9]).toBe('Ankle boot');
  });

  it('are refused where one is missing', async () => {
    const folder = mnistFolder(false);
    rmSync(join(folder, 't10k-images-idx3-ubyte'));
    const error = await refusalOf(join(folder, 'train-images-idx3-ubyte'));
    expect(error.message).toContain('lacks its three siblings');
  });

  it.each([
    [
      'sizes that lie',
      'train-images-idx3-ubyte',
      idx([60_000, 28, 28], Buffer.alloc(784)),
      /claims 47040000 bytes of data \(60000x28x28\) and has 784/,
    ],
    [
      'sizes whose product is huge',
      'train-images-idx3-ubyte',
      idx([2 ** 31, 2 ** 31, 2 ** 31], Buffer.alloc(10)),
      /claims/,
    ],
    ['another type', 'train-labels-idx1-ubyte', idx([40], Buffer.alloc(40), 13), /has type 13/],
    [
      'a label outside the classes',
      'train-labels-idx1-ubyte',
      idx([40], Buffer.alloc(40, 11)),
      /has the label 11 for image 0/,
    ],
    [
      'labels for fewer images',
      'train-labels-idx1-ubyte',
      idx([39], Buffer.alloc(39)),
      /has 39 labels for the 40 images/,
    ],
    [
      'test images of another size',
      't10k-images-idx3-ubyte',
      idx([20, 20, 20], Buffer.alloc(8000)),
      /images of another size/,
    ],
    ['a text', 'train-images-idx3-ubyte', Buffer.from('nothing to see here, move on'), /is no IDX file/],
    ['a damaged packing', 'train-images-idx3-ubyte', gzipSync(Buffer.alloc(9000)).subarray(0, 20), /is damaged/],
  ])('with %s are refused', async (_what, name, bytes, message) => {
    const folder = mnistFolder(false);
    writeFileSync(join(folder, name), bytes);
    const error = await refusalOf(folder);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(join(folder, name));
  });

  it('are refused or read when bytes are altered, and nothing else happens', async () => {
    const folder = mnistFolder(false);
    const file = join(folder, 'train-images-idx3-ubyte');
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        writeFileSync(file, bytes);
        try {
          await importInto(folder);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 50 },
    );
  });
});
