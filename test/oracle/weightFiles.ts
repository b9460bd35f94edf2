import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeSafetensors } from '../../src/data/files/safetensors.ts';
import { encodeNpz } from './npz.ts';
import { hashed, nameSeed } from './numbers.ts';

/** A folder of a test's own, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-weights-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Shapes = Readonly<Record<string, readonly number[]>>;

/** The weights of make_weights_fixtures.py, by PyTorch's names and in its order. */
export function hashedWeights(shapes: Shapes): Map<string, { shape: readonly number[]; values: Float32Array }> {
  return new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, values: startValues(name, shape) }]));
}

function startValues(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const [centre, scale] = spreadOf(name, shape);
  return Float32Array.from(hashed(nameSeed(name), size), (value) => centre + scale * (2 * value - 1));
}

function spreadOf(name: string, shape: readonly number[]): [number, number] {
  if (shape.length > 1) return [0, Math.sqrt(6 / shape.slice(1).reduce((product, length) => product * length, 1))];
  if (name.endsWith('.weight')) return [1, 0.3];
  return name.endsWith('.running_var') ? [1, 0.5] : [0, 0.2];
}

export function writeWeights(file: string, shapes: Shapes): string {
  writeFileSync(file, Buffer.concat(encodeSafetensors(hashedWeights(shapes), {})));
  return file;
}

interface BatchSize {
  readonly count: number;
  /** Height, width, channels. */
  readonly size: readonly number[];
  readonly classes: number;
}

/** The images and labels of make_weights_fixtures.py. */
export function hashedImages({ count, size, classes }: BatchSize) {
  const pixels = size.reduce((product, length) => product * length, count);
  return {
    images: { shape: [count, ...size], values: Float32Array.from(hashed(1, pixels), (value) => 2 * value - 1) },
    labels: {
      shape: [count],
      values: BigInt64Array.from(hashed(2, count), (value) => BigInt(Math.floor(value * classes))),
    },
  };
}

export function writeBatch(file: string, batch: BatchSize): string {
  writeFileSync(file, encodeNpz(hashedImages(batch)));
  return file;
}
