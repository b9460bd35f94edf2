import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { imageOf, importInto, refusalOf } from './import.fixture.ts';
import {
  archive,
  cifar100Members,
  cifar10Members,
  temporaryFolder,
  unpackedArchive,
  type Members,
} from './sources.fixture.ts';

async function archiveFile(members: Members, name = 'cifar-10-binary.tar.gz'): Promise<string> {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, await archive(members));
  return file;
}

/** The members with one of them changed. */
function changed(name: string, change: (bytes: Buffer) => Buffer): Members {
  return cifar10Members().map(([path, bytes]) => [path, path.endsWith(name) ? change(bytes) : bytes]);
}

describe('CIFAR in its binary version', () => {
  it('is read from the archive, as pixels in the order red, green, blue', async () => {
    const { info, pixels } = await importInto(await archiveFile(cifar10Members()));
    expect(info).toMatchObject({
      name: 'cifar10',
      title: 'CIFAR-10',
      kind: 'cifar',
      input: { height: 32, width: 32, channels: 3, classes: 10 },
      trainImages: 100,
      testImages: 20,
      maxPixel: 255,
      flipAllowed: true,
    });
    expect(info.classNames[3]).toBe('cat');
    expect(info.trainCounts).toEqual(Array.from({ length: 10 }, () => 10));
    expect(info.notes[0]).toMatch(/^Not the published file: its SHA-256 is [0-9a-f]{64}/);
    const set = pixels();
    expect(set.test.labels[13]).toBe(3);
    const image = imageOf(set, 13, set.test);
    expect(image.slice(0, 3)).toEqual([13, 0, 0]);
    expect(image.slice(3 * (5 * 32 + 7), 3 * (5 * 32 + 7) + 3)).toEqual([13, 5, 7]);
    expect(info.mean[1]).toBeCloseTo(15.5, 10);
    expect(info.std[2]).toBeCloseTo(Math.sqrt((32 ** 2 - 1) / 12), 10);
  });

  it('of a hundred classes takes the fine label', async () => {
    const { info, pixels } = await importInto(await archiveFile(cifar100Members(), 'cifar-100-binary.tar.gz'));
    expect(info).toMatchObject({ name: 'cifar100', trainImages: 200, testImages: 100 });
    expect(info.classNames).toHaveLength(100);
    expect(pixels().test.labels[42]).toBe(42);
  });

  it('is read from a folder with its files, too', async () => {
    const folder = temporaryFolder();
    for (const [path, bytes] of cifar10Members()) writeFileSync(join(folder, path.split('/')[1]!), bytes);
    const { info } = await importInto(folder);
    expect(info).toMatchObject({ name: 'cifar10', trainImages: 100, notes: [] });
  });

  it('is not read through links and pipes in such a folder', async () => {
    const folder = temporaryFolder();
    for (const [path, bytes] of cifar10Members()) writeFileSync(join(folder, path.split('/')[1]!), bytes);
    const batch = join(folder, 'data_batch_4.bin');
    rmSync(batch);
    symlinkSync(join(folder, 'data_batch_3.bin'), batch);
    expect((await refusalOf(folder)).message).toBe(`${batch} is no regular file`);
    rmSync(batch);
    execFileSync('sh', ['-c', 'mkfifo "$0"', batch]);
    expect((await refusalOf(folder)).message).toBe(`${batch} is no regular file`);
  });

  it.each([
    [
      'a label outside the classes',
      changed('data_batch_2.bin', (bytes) => bytes.fill(10, 3073 * 4, 3073 * 4 + 1)),
      /data_batch_2\.bin has the label 10 at byte 12292/,
    ],
    [
      'half a record',
      changed('data_batch_4.bin', (bytes) => bytes.subarray(0, -1)),
      /data_batch_4\.bin has 61459 bytes, no whole number of records/,
    ],
    ['an empty batch', changed('test_batch.bin', () => Buffer.alloc(0)), /test_batch\.bin has 0 bytes/],
    [
      'a missing batch',
      cifar10Members().filter(([path]) => !path.endsWith('data_batch_5.bin')),
      /has no data_batch_5\.bin/,
    ],
    [
      'too few class names',
      changed('batches.meta.txt', () => Buffer.from('cat\ndog\n')),
      /batches\.meta\.txt names 2 classes, not 10/,
    ],
    [
      'a batch twice',
      [...cifar10Members(), ['x/test_batch.bin', Buffer.alloc(3073)] as const],
      /has test_batch\.bin twice/,
    ],
    [
      'a link for a batch',
      [
        [{ name: 'a/test_batch.bin', type: 'symlink', linkname: '/etc/passwd' }, Buffer.alloc(0)] as const,
        ...cifar10Members(),
      ],
      /has a symlink in the place of test_batch\.bin/,
    ],
  ] satisfies [string, Members, RegExp][])('with %s is refused with its place', async (_what, members, message) => {
    const error = await refusalOf(await archiveFile(members));
    expect(error.message).toMatch(message);
    expect(error.code).toBe('bad-input');
  });

  it('with paths that lead elsewhere writes nothing there', async () => {
    const outside = temporaryFolder();
    const traversal: Members = [
      [`../../../../../../../..${outside}/escaped.bin`, Buffer.from('x')],
      [`${outside}/absolute.bin`, Buffer.from('x')],
      ...cifar10Members(),
    ];
    await importInto(await archiveFile(traversal));
    expect(existsSync(join(outside, 'escaped.bin')) || existsSync(join(outside, 'absolute.bin'))).toBe(false);
  });

  it('that unpacks to more than it can hold is not unpacked to its end', async () => {
    const file = join(temporaryFolder(), 'cifar-10-binary.tar.gz');
    const start = await archive(cifar10Members().slice(0, 1));
    // Two gigabytes of zeros in two megabytes.
    const zeros = gzipSync(Buffer.alloc(100_000_000));
    writeFileSync(file, Buffer.concat([start, ...Array.from({ length: 25 }, () => zeros)]));
    const error = await refusalOf(file);
    expect(error.message).toMatch(/unpacks to far more|has no/);
  }, 60_000);

  it('that is cut short anywhere is refused', async () => {
    const whole = await archive(cifar10Members(2));
    const file = join(temporaryFolder(), 'cifar-10-binary.tar.gz');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        writeFileSync(file, whole.subarray(0, length));
        expect(await refusalOf(file)).toBeInstanceOf(UserError);
      }),
      { numRuns: 60 },
    );
  });

  it('with bytes turned is refused, or read where the bytes are those of images', async () => {
    const whole = await archive(cifar10Members(2));
    const file = join(temporaryFolder(), 'cifar-10-binary.tar.gz');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, turn) => {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= turn;
        writeFileSync(file, bytes);
        try {
          await importInto(file);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 100 },
    );
  });
});

it('an archive that begins with gigabytes of nothing is not unpacked to recognise it', async () => {
  const file = join(temporaryFolder(), 'bomb.tar.gz');
  const header = (await unpackedArchive([['zeros', Buffer.alloc(0)]])).subarray(0, 512);
  // An octal size of 8 GiB - 1, and the sum of the header's bytes with it.
  header.write('77777777777\0', 124, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  // Whoever reads on finds out that the file is damaged behind the zeros.
  const zeros = gzipSync(Buffer.alloc(100_000_000));
  writeFileSync(file, Buffer.concat([gzipSync(header), zeros, zeros, Buffer.from('1f8bffffffff', 'hex')]));
  expect((await refusalOf(file)).message).toMatch(/begins with zeros/);
});

it('an archive of something else says what it begins with', async () => {
  mkdirSync(temporaryFolder(), { recursive: true });
  const error = await refusalOf(await archiveFile([['holiday/beach.jpg', Buffer.from('x')]], 'photos.tar.gz'));
  expect(error.message).toContain('begins with beach.jpg');
  expect(error.hint).toContain('add the folder');
});
