import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { dataSets, findDataSet } from './dataSets.ts';

const resources = resolve(import.meta.dirname, '../../resources');

function copyOfResources(): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(resources, 'digits'), join(folder, 'digits'), { recursive: true });
  return { folder, file: join(folder, 'digits', 'digits.bin') };
}

function thrownBy(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}

describe('every data set', () => {
  it.each(dataSets.map((source) => [source.info.name, source] as const))('%s is what it says', (_name, source) => {
    const info = v.parse(DataSetInfo, source.info);
    const { train, test, mean, std } = source.load(resources);
    const size = info.input.height * info.input.width * info.input.channels;
    for (const [part, count] of [
      [train, info.trainImages],
      [test, info.testImages],
    ] as const) {
      expect(part.count).toBe(count);
      expect(part.images).toHaveLength(count * size);
      expect(part.labels).toHaveLength(count);
      expect(new Set(part.labels).size).toBe(info.input.classes);
      expect(part.images.reduce((largest, pixel) => Math.max(largest, pixel), 0)).toBe(source.maxPixel);
    }
    expect(info.classNames).toHaveLength(info.input.classes);
    expect(mean).toHaveLength(info.input.channels);
    expect(std.every((value) => value > 0)).toBe(true);
  });
});

describe('digits', () => {
  it('has the statistics of its training images and stratified parts', () => {
    const { train, test, mean, std } = findDataSet('digits').load(resources);
    expect(mean[0]).toBeCloseTo(4.8884938, 6);
    expect(std[0]).toBeCloseTo(6.0178072, 6);
    const share = (labels: Int32Array, label: number) =>
      labels.filter((value) => value === label).length / labels.length;
    for (let label = 0; label < 10; label++) {
      expect(share(test.labels, label)).toBeCloseTo(share(train.labels, label), 2);
    }
  });

  it('keeps every image in one part only', () => {
    const { train, test } = findDataSet('digits').load(resources);
    const keys = ({ images, count }: typeof train) =>
      Array.from({ length: count }, (_, index) =>
        Buffer.from(images.subarray(index * 64, index * 64 + 64)).toString('hex'),
      );
    const trained = new Set(keys(train));
    expect(keys(test).filter((key) => trained.has(key))).toEqual([]);
  });

  it.each([
    ['one bit turned', (bytes: Buffer) => bytes.fill(bytes[500]! ^ 1, 500, 501)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['empty', () => Buffer.alloc(0)],
  ])('is refused when its file is %s', (_what, damage) => {
    const { folder, file } = copyOfResources();
    writeFileSync(file, damage(readFileSync(file)));
    const error = thrownBy(() => findDataSet('digits').load(folder));
    expect(error).toMatchObject({ code: 'unavailable', where: file });
    expect(error.message).toContain('damaged');
  });

  it('says so when its file is missing', () => {
    const { folder, file } = copyOfResources();
    rmSync(file);
    expect(thrownBy(() => findDataSet('digits').load(folder))).toMatchObject({ code: 'unavailable', where: file });
  });
});

describe('an unknown data set', () => {
  it('is refused with the known ones', () => {
    expect(thrownBy(() => findDataSet('digit')).toData()).toEqual({
      code: 'bad-input',
      message: 'There is no data set "digit"',
      where: 'data',
      hint: 'Known data sets: digits',
    });
  });
});
