import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { importInto, refusalOf } from './import.fixture.ts';
import { temporaryFolder } from './sources.fixture.ts';

/** A file as Hugging Face publishes it: `img` is a structure of bytes and path. */
async function shard(
  count: number,
  side: number,
  change: (bytes: Buffer, row: number) => Buffer = (bytes) => bytes,
  labelAt: (row: number) => bigint | null = (row) => BigInt(row % 2),
) {
  const rows = [];
  for (let row = 0; row < count; row += 1) {
    const background = row % 2 === 0 ? '#ff0000' : '#0000ff';
    const image = await sharp({ create: { width: side, height: side, channels: 3, background } })
      .png()
      .toBuffer();
    rows.push({ bytes: new Uint8Array(change(image, row)), path: `${row}.png` });
  }
  const notes = { info: { features: { label: { names: ['red', 'blue'], _type: 'ClassLabel' } } } };
  const buffer = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'img', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'img', data: rows },
      { name: 'label', data: rows.map((_, row) => labelAt(row)) },
    ],
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify(notes) }],
    rowGroupSize: 7,
  });
  return Buffer.from(buffer);
}

describe('a Parquet file of images', () => {
  it('is read with the names of its classes, in parts by its files', async () => {
    const folder = join(temporaryFolder(), 'colours');
    mkdirSync(folder);
    writeFileSync(join(folder, 'train-00000-of-00001.parquet'), await shard(20, 16));
    writeFileSync(join(folder, 'test-00000-of-00001.parquet'), await shard(6, 16));
    const { info, pixels } = await importInto(folder);
    expect(info).toMatchObject({
      name: 'colours',
      kind: 'parquet',
      storage: 'pixels',
      classNames: ['red', 'blue'],
      trainCounts: [10, 10],
      testCounts: [3, 3],
    });
    expect([...pixels().train.labels.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  });

  it('of large pictures keeps them as they are', async () => {
    const file = join(temporaryFolder(), 'large.parquet');
    writeFileSync(file, await shard(20, 150));
    const { info, open } = await importInto(file, { testShare: 0.2, size: 128 });
    expect(info).toMatchObject({ storage: 'pictures', trainImages: 16, testImages: 4, input: { height: 128 } });
    const { train } = open();
    if (train.storage !== 'pictures') throw new Error('Not pictures');
    expect((await sharp(train.read(3)).metadata()).width).toBe(150);
  });

  it('leaves out rows that hold no whole picture, and says which', async () => {
    const file = join(temporaryFolder(), 'some.parquet');
    writeFileSync(file, await shard(20, 16, (bytes, row) => (row === 5 ? bytes.subarray(0, 30) : bytes)));
    const { info } = await importInto(file);
    expect(info.trainImages + info.testImages).toBe(19);
    expect(info.notes).toEqual([`1 rows hold no whole picture and were left out: ${file}:row 5`]);
  });

  it('with validation and test files is tested by validation, and says what it leaves out', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'train-00000-of-00001.parquet'), await shard(20, 16));
    writeFileSync(join(folder, 'data', 'validation-00000-of-00001.parquet'), await shard(4, 16));
    // As ImageNet's test images, these have no labels.
    const test = await shard(6, 16, undefined, () => -1n);
    writeFileSync(join(folder, 'data', 'test-00000-of-00001.parquet'), test);
    const { info } = await importInto(folder);
    expect(info).toMatchObject({ trainImages: 20, testImages: 4, split: 'By its files: train and validation' });
    expect(info.notes).toEqual(['Left out, since validation is used for the test: test-00000-of-00001.parquet']);
  });

  it('with a row without a label is refused', async () => {
    const file = join(temporaryFolder(), 'some.parquet');
    writeFileSync(file, await shard(20, 16, undefined, (row) => (row === 9 ? null : BigInt(row % 2))));
    expect((await refusalOf(file)).message).toBe(`${file}:row 9 has the label null`);
  });

  it('of something else says what it has', async () => {
    const file = join(temporaryFolder(), 'people.parquet');
    writeFileSync(
      file,
      Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'age', data: [25, 30], type: 'INT32' }] })),
    );
    const error = await refusalOf(file);
    expect(error.message).toContain('has no columns of images (image, img) with labels');
    expect(error.hint).toBe('It has: age');
  });

  it('that is damaged is refused, or read where its bytes are those of pictures', async () => {
    const file = join(temporaryFolder(), 'images.parquet');
    writeFileSync(file, await shard(8, 16));
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const bytes = Buffer.from(cut ? whole.subarray(0, Math.max(8, at)) : whole);
        if (!cut) bytes[at] = value;
        writeFileSync(file, bytes);
        try {
          await importInto(file);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 30 },
    );
  });
});
