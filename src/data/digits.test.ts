import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { createChannelStatistics } from './channelStatistics.ts';
import type { PixelSet } from './dataSet.ts';
import { digits, openDigits } from './digits.ts';

const folder = resolve(import.meta.dirname, '../../resources/digits');
const SIZE = 64;

function copyOfResources(): { copy: string; file: string } {
  const copy = mkdtempSync(join(tmpdir(), 'depthlab-data-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(folder, copy, { recursive: true });
  return { copy, file: join(copy, 'digits.bin') };
}

function imagesOf(part: PixelSet): Uint8Array[] {
  return Array.from({ length: part.count }, (_, index) => {
    const image = new Uint8Array(SIZE);
    part.read(index, image, 0);
    return image;
  });
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

describe('digits', () => {
  it('are what their description says', () => {
    const info = v.parse(DataSetInfo, digits);
    const { train, test } = openDigits(folder);
    for (const [part, counts] of [
      [train, info.trainCounts],
      [test, info.testCounts],
    ] as const) {
      expect(counts).toEqual(counts.map((_, label) => part.labels.filter((value) => value === label).length));
      expect(part.count).toBe(part === train ? info.trainImages : info.testImages);
      expect(Math.max(...imagesOf(part).map((image) => Math.max(...image)))).toBe(info.maxPixel);
    }
    expect(info.classNames).toHaveLength(info.input.classes);
    const statistics = createChannelStatistics(1);
    for (const image of imagesOf(train)) statistics.add(image);
    expect(statistics.result()).toEqual({ mean: info.mean, std: info.std });
  });

  it('are split with the same share of each class in both parts', () => {
    const { trainCounts, testCounts, trainImages, testImages } = digits;
    trainCounts.forEach((count, label) => {
      expect(testCounts[label]! / testImages).toBeCloseTo(count / trainImages, 2);
    });
  });

  it('keep every image in one part only', () => {
    const { train, test } = openDigits(folder);
    const keys = (part: PixelSet) => imagesOf(part).map((image) => Buffer.from(image).toString('hex'));
    const trained = new Set(keys(train));
    expect(keys(test).filter((key) => trained.has(key))).toEqual([]);
  });

  it.each([
    ['one bit turned', (bytes: Buffer) => bytes.fill(bytes[500]! ^ 1, 500, 501)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['empty', () => Buffer.alloc(0)],
  ])('are refused when their file is %s', (_what, damage) => {
    const { copy, file } = copyOfResources();
    writeFileSync(file, damage(readFileSync(file)));
    const error = thrownBy(() => openDigits(copy));
    expect(error).toMatchObject({ code: 'unavailable', where: file });
    expect(error.message).toContain('damaged');
  });

  it('say so when their file is missing', () => {
    const { copy, file } = copyOfResources();
    rmSync(file);
    expect(thrownBy(() => openDigits(copy))).toMatchObject({ code: 'unavailable', where: file });
  });
});
