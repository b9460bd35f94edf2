import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DataFile, DataReference, DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { digits } from './digits.ts';
import { openPictures, openPixels } from './imageSets.ts';
import { createPictureWriter, createPixelWriter } from './partWriter.ts';

const NAME = 'train.safetensors';
const input = { height: 8, width: 9, channels: 3, classes: 300 };
const SIZE = 8 * 9 * 3;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-sets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function reference(folder: string, file: DataFile, storage: DataSetInfo['storage'] = 'pixels'): DataReference {
  return { info: { ...digits, name: 'own', kind: 'arrays', storage, input }, folder, files: [file] };
}

function pixels(count: number): { folder: string; own: DataReference } {
  const folder = newFolder();
  const writer = createPixelWriter(join(folder, NAME), [8, 9, 3]);
  for (let index = 0; index < count; index += 1) writer.add(new Uint8Array(SIZE).fill(index), index);
  return { folder, own: reference(folder, writer.finish()) };
}

function imageAt(own: DataReference, index: number): Uint8Array {
  const image = new Uint8Array(SIZE);
  openPixels(own, NAME).read(index, image, 0);
  return image;
}

describe('pixels in a file', () => {
  it('come back in any order', () => {
    const { own } = pixels(256);
    const set = openPixels(own, NAME);
    expect([...set.labels]).toEqual(Array.from({ length: 256 }, (_, index) => index));
    for (const index of [255, 0, 128]) expect(new Set(imageAt(own, index))).toEqual(new Set([index]));
  });

  it('are read although the file was touched, and refused once a byte has changed', () => {
    const { folder, own } = pixels(3);
    const file = join(folder, NAME);
    utimesSync(file, new Date(0), new Date(0));
    expect(imageAt(own, 2)).toEqual(new Uint8Array(SIZE).fill(2));
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    expect(() => openPixels(own, NAME)).toThrow('was changed since it was added');
    writeFileSync(file, bytes.subarray(1));
    expect(() => openPixels(own, NAME)).toThrow(/has \d+ bytes, not/);
    rmSync(file);
    expect(() => openPixels(own, NAME)).toThrow(UserError);
  });

  it('that are damaged where nobody looked are refused or read, and nothing else happens', () => {
    const { folder, own } = pixels(3);
    const file = join(folder, NAME);
    const whole = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(600), fc.nat(255), (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        writeFileSync(file, bytes);
        const trusting = { ...own, files: [{ ...own.files[0]!, mtimeMs: mtimeOf(file) }] };
        try {
          openPixels(trusting, NAME);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it('of which nothing was finished leave no file', () => {
    const folder = newFolder();
    const writer = createPixelWriter(join(folder, NAME), [8, 9, 3]);
    writer.add(new Uint8Array(SIZE), 0);
    writer.abandon();
    expect(() => readFileSync(join(folder, NAME))).toThrow('ENOENT');
    expect(() => readFileSync(join(folder, `${NAME}.partial`))).toThrow('ENOENT');
  });
});

describe('pictures', () => {
  it('in a file come back as they were', () => {
    const folder = newFolder();
    const writer = createPictureWriter(join(folder, NAME), { holds: 'files' });
    const entries = [Buffer.from('first'), Buffer.alloc(0), Buffer.alloc(3_000_000, 7), Buffer.from('last')];
    for (const [label, entry] of entries.entries()) writer.add(entry, label);
    const set = openPictures(reference(folder, writer.finish(), 'pictures'), NAME);
    for (const [index, entry] of entries.entries()) expect(Buffer.compare(set.read(index), entry)).toBe(0);
  });

  it('in a folder are read by their paths, links refused', () => {
    const folder = newFolder();
    const root = join(folder, 'pictures');
    mkdirSync(join(root, 'cat'), { recursive: true });
    writeFileSync(join(root, 'cat', 'one.jpg'), 'a cat');
    symlinkSync(join(root, 'cat', 'one.jpg'), join(root, 'link.jpg'));
    const writer = createPictureWriter(join(folder, NAME), { holds: 'paths', root });
    for (const path of ['cat/one.jpg', 'link.jpg', 'cat/none.jpg']) writer.add(Buffer.from(path), 0);
    const set = openPictures(reference(folder, writer.finish(), 'pictures'), NAME);
    expect(Buffer.from(set.read(0)).toString()).toBe('a cat');
    expect(set.nameOf(0)).toBe(join(root, 'cat/one.jpg'));
    expect(() => set.read(1)).toThrow('is no regular file');
    expect(() => set.read(2)).toThrow(`The picture ${join(root, 'cat/none.jpg')} cannot be read`);
  });
});

function mtimeOf(file: string): number {
  return statSync(file).mtimeMs;
}
