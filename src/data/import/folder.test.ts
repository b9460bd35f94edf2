import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { importInto, refusalOf } from './import.fixture.ts';
import { temporaryFolder } from './sources.fixture.ts';

async function picture(
  file: string,
  side: number,
  colour: string,
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const image = sharp({ create: { width: side, height: side, channels: 3, background: colour } });
  writeFileSync(file, await image.toFormat(format).toBuffer());
}

/** Two classes of ten pictures each. */
async function classes(root: string, side: number, parts: readonly string[] = ['']): Promise<string> {
  for (const part of parts) {
    for (const [name, colour] of [
      ['sky', '#0000ff'],
      ['grass', '#00ff00'],
    ] as const) {
      for (let index = 0; index < 10; index += 1) await picture(join(root, part, name, `${index}.jpg`), side, colour);
    }
  }
  return root;
}

describe('a folder of pictures', () => {
  it('of one small size becomes pixels, split by seed with a share of each class', async () => {
    const { info, pixels } = await importInto(await classes(join(temporaryFolder(), 'Views'), 16), { testShare: 0.2 });
    expect(info).toMatchObject({
      name: 'views',
      kind: 'folder',
      storage: 'pixels',
      input: { height: 16, width: 16, channels: 3, classes: 2 },
      classNames: ['grass', 'sky'],
      trainCounts: [8, 8],
      testCounts: [2, 2],
      notes: [],
    });
    const pixel = new Uint8Array(16 * 16 * 3);
    const { train } = pixels();
    train.read(train.labels.indexOf(1), pixel, 0);
    expect(pixel[2]).toBeGreaterThan(250);
    expect(info.mean[0]).toBeLessThan(3);
  });

  it('of larger ones keeps their paths, with the parts of its folders', async () => {
    const root = await classes(join(temporaryFolder(), 'large'), 200, ['train', 'val']);
    const { info, open } = await importInto(root, { size: 64, name: 'mine' });
    expect(info).toMatchObject({
      name: 'mine',
      storage: 'pictures',
      input: { height: 64, width: 64, channels: 3 },
      trainImages: 20,
      testImages: 20,
      split: 'By its folders: train and val',
    });
    const { train } = open();
    if (train.storage !== 'pictures') throw new Error('Not pictures');
    expect(train.nameOf(0)).toBe(join(root, 'train/grass/0.jpg'));
    expect(Buffer.compare(train.read(0), readFileSync(join(root, 'train/grass/0.jpg')))).toBe(0);
    expect(info.mean[1]).toBeCloseTo(127.5, -1);
  });

  it('of greys has one channel; PNG and WebP are read by their content', async () => {
    const root = temporaryFolder();
    for (const [name, format] of [
      ['a', 'png'],
      ['b', 'png'],
    ] as const) {
      for (let index = 0; index < 4; index += 1) {
        const image = sharp({ create: { width: 12, height: 12, channels: 3, background: '#808080' } }).toColourspace(
          'b-w',
        );
        mkdirSync(join(root, name), { recursive: true });
        writeFileSync(join(root, name, `${index}.data`), await image.toFormat(format).toBuffer());
      }
    }
    expect((await importInto(root)).info.input.channels).toBe(1);
    await picture(join(root, 'a', 'colour.webp'), 12, '#ff0000', 'webp');
    expect((await importInto(root)).info).toMatchObject({ input: { channels: 3 }, trainImages: 8, testImages: 1 });
  });

  it('leaves out what is broken or no picture, and says so', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 16);
    const whole = readFileSync(join(root, 'sky', '0.jpg'));
    writeFileSync(join(root, 'sky', 'cut.jpg'), whole.subarray(0, whole.length / 2));
    writeFileSync(join(root, 'sky', 'notes.txt'), 'a note');
    writeFileSync(join(root, 'grass', 'empty.png'), '');
    symlinkSync('/etc/passwd', join(root, 'sky', 'link.jpg'));
    const { info } = await importInto(root);
    expect(info.trainImages + info.testImages).toBe(20);
    expect(info.notes).toEqual([
      '3 files are no whole pictures and were left out: grass/empty.png, sky/cut.jpg, sky/notes.txt',
      '1 links or devices were left out: sky/link.jpg',
    ]);
  });

  it('takes pictures with long notes before their size, and with bytes after their end', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 200, ['train', 'val']);
    const whole = readFileSync(join(root, 'train', 'sky', '0.jpg'));
    const note = Buffer.concat([Buffer.from([0xff, 0xe1, 0xff, 0xff]), Buffer.alloc(65_533)]);
    const noted = Buffer.concat([whole.subarray(0, 2), note, note, whole.subarray(2)]);
    writeFileSync(join(root, 'train', 'sky', 'noted.jpg'), noted);
    writeFileSync(join(root, 'train', 'sky', 'longer.jpg'), Buffer.concat([whole, Buffer.alloc(1000)]));
    const { info } = await importInto(root);
    expect(info).toMatchObject({ trainCounts: [10, 12], notes: [] });
  });

  it('with a picture that is damaged in its middle measures the others, and says so', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 200, ['train', 'val']);
    const file = join(root, 'train', 'sky', '3.jpg');
    const bytes = readFileSync(file);
    // The Huffman tables, without which nothing can be decoded.
    const tables = bytes.indexOf(Buffer.from([0xff, 0xc4]));
    bytes.fill(0xff, tables + 5, tables + 21);
    writeFileSync(file, bytes);
    const { info } = await importInto(root);
    expect(info.notes).toEqual([
      '1 of the measured pictures cannot be decoded: train/sky/3.jpg',
      'Mean and deviation are of 19 training pictures, taken at equal distances',
    ]);
  });

  it('of small pictures leaves one out that is turned to another shape', async () => {
    const root = temporaryFolder();
    for (const name of ['a', 'b']) {
      mkdirSync(join(root, name));
      for (let index = 0; index < 6; index += 1) {
        const image = sharp({ create: { width: 24, height: 12, channels: 3, background: '#804020' } });
        const turned = name === 'a' && index === 2 ? image.withMetadata({ orientation: 6 }) : image;
        writeFileSync(join(root, name, `${index}.jpg`), await turned.jpeg().toBuffer());
      }
    }
    const { info } = await importInto(root);
    expect(info).toMatchObject({ input: { height: 12, width: 24 } });
    expect(info.trainImages + info.testImages).toBe(11);
    expect(info.notes).toEqual(['1 files are no whole pictures and were left out: a/2.jpg']);
  });

  it('with an empty class is refused by its name', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 16);
    mkdirSync(join(root, 'sea'));
    expect((await refusalOf(root)).message).toContain('The class "sea" has no training images');
  });

  it('with a test class that is not trained is refused', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 16, ['train', 'val']);
    await picture(join(root, 'val', 'moon', '0.jpg'), 16, '#ffffff');
    expect((await refusalOf(root)).message).toContain('moon is a class that has no training images');
  });

  it('that leads back into itself by a link ends all the same', async () => {
    const root = await classes(join(temporaryFolder(), 'views'), 16);
    symlinkSync(root, join(root, 'sky', 'again'));
    expect((await importInto(root)).info.trainImages).toBe(18);
  });

  it('without classes is nothing that is known', async () => {
    const root = temporaryFolder();
    await picture(join(root, 'one.jpg'), 16, '#ffffff');
    const error = await refusalOf(root);
    expect(error.message).toContain('holds no data set that is known');
    expect(error.hint).toContain('a folder of pictures for each class');
  });
});
