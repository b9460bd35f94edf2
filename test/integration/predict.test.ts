import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run, runJson, temporaryFolder } from './commandLine.ts';

/** A grey PNG whose rows are these. */
function png(rows: readonly (readonly number[])[]): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]!.length, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = 8;
  const lines = Buffer.concat(rows.map((row) => Buffer.from([0, ...row])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** A 1 as the digits have it: a bright stroke from top to bottom. */
const ONE = Array.from({ length: 8 }, () => [0, 0, 0, 255, 255, 0, 0, 0]);

describe('a trained run', () => {
  it('is evaluated as its last epoch was, and says what a picture shows', async () => {
    const folder = temporaryFolder();
    const trained = await runJson(folder, 'train', '--arch', 'resnet_v2_8', '--epochs', '5', '--seed', '1');
    expect(trained.code, trained.stderr).toBe(0);
    const evaluated = await runJson(folder, 'evaluate', '--run', '1');
    expect(evaluated.code, evaluated.stderr).toBe(0);
    const { accuracy, classes, images } = evaluated.json as {
      accuracy: { fraction: number; interval: [number, number] };
      classes: { name: string; total: number }[];
      images: number;
    };
    expect(images).toBe(360);
    expect(accuracy.fraction).toBeCloseTo(trained.json['testAccuracy'] as number, 6);
    expect(accuracy.interval[0]).toBeLessThan(accuracy.fraction);
    expect(classes.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(classes.reduce((sum, { total }) => sum + total, 0)).toBe(360);

    const file = join(folder, 'one.png');
    writeFileSync(file, png(ONE));
    const predicted = await runJson(folder, 'predict', '--run', '1', file);
    expect(predicted.code, predicted.stderr).toBe(0);
    const [prediction] = predicted.json['predictions'] as { classes: { name: string; probability: number }[] }[];
    expect(prediction!.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(prediction!.classes[0]!.name).toBe('1');
    expect((await run(folder, 'predict', '--run', '1', file)).stdout).toContain('1 ');
  });

  it('refuses what is no image, and a network that is not named', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'broken.png');
    writeFileSync(file, 'no picture');
    const words = ['--arch', 'resnet_v2_8', '--classes', '10', '--data', 'digits'];
    const broken = await run(folder, 'predict', ...words, file);
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining('broken.png')]);
    expect((await run(folder, 'evaluate')).code).toBe(2);
  });
});
