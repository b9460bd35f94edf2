import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { onTestFinished } from 'vitest';

/** Files in the formats of the published archives, with a few images of each class. */

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Members = readonly (readonly [(Partial<Header> & { name: string }) | string, Buffer])[];

/** A .tar.gz of members in this order. */
export async function archive(members: Members): Promise<Buffer> {
  return gzipSync(await unpackedArchive(members));
}

export async function unpackedArchive(members: Members): Promise<Buffer> {
  const packing = pack();
  for (const [header, bytes] of members) packing.entry(typeof header === 'string' ? { name: header } : header, bytes);
  packing.finalize();
  const blocks: Buffer[] = [];
  for await (const block of packing) blocks.push(block as Buffer);
  return Buffer.concat(blocks);
}

/** The bytes [3, 32, 32] of an image: its red is the index, its green the row, its blue the column. */
export function planes(index: number): Buffer {
  const bytes = Buffer.alloc(3072);
  for (let pixel = 0; pixel < 1024; pixel += 1) {
    bytes[pixel] = index % 256;
    bytes[1024 + pixel] = pixel >> 5;
    bytes[2048 + pixel] = pixel & 31;
  }
  return bytes;
}

const records = (count: number, labelOf: (index: number) => readonly number[]) =>
  Buffer.concat(
    Array.from({ length: count }, (_, index) => Buffer.concat([Buffer.from(labelOf(index)), planes(index)])),
  );

/** CIFAR-10's binary version, as its archive has it: the members out of order, with a page beside them. */
export function cifar10Members(perBatch = 20): [string, Buffer][] {
  const names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
  const batch = () => records(perBatch, (index) => [index % 10]);
  return [
    ['cifar-10-batches-bin/data_batch_1.bin', batch()],
    ['cifar-10-batches-bin/data_batch_3.bin', batch()],
    ['cifar-10-batches-bin/data_batch_2.bin', batch()],
    ['cifar-10-batches-bin/batches.meta.txt', Buffer.from(`${names.join('\n')}\n\n`)],
    ['cifar-10-batches-bin/test_batch.bin', batch()],
    ['cifar-10-batches-bin/data_batch_4.bin', batch()],
    ['cifar-10-batches-bin/readme.html', Buffer.from('<html>')],
    ['cifar-10-batches-bin/data_batch_5.bin', batch()],
  ];
}

export function cifar100Members(): [string, Buffer][] {
  const names = Array.from({ length: 100 }, (_, index) => `class${index}`).join('\n');
  return [
    ['cifar-100-binary/coarse_label_names.txt', Buffer.from('a\nb\n')],
    ['cifar-100-binary/fine_label_names.txt', Buffer.from(names)],
    ['cifar-100-binary/train.bin', records(200, (index) => [index % 20, index % 100])],
    ['cifar-100-binary/test.bin', records(100, (index) => [index % 20, index])],
  ];
}

/** An IDX file of unsigned bytes. */
export function idx(sizes: readonly number[], values: Uint8Array, type = 8): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header[2] = type;
  header[3] = sizes.length;
  sizes.forEach((size, index) => header.writeUInt32BE(size, 4 + 4 * index));
  return Buffer.concat([header, values]);
}

/** The four files of MNIST in a folder, packed or not. */
export function mnistFolder(packed: boolean, name = 'MNIST'): string {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  const pixels = (count: number) =>
    Uint8Array.from({ length: count * 784 }, (_, index) => Math.floor(index / 784) % 251);
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, index) => index % 10);
  const files = {
    'train-images-idx3-ubyte': idx([40, 28, 28], pixels(40)),
    'train-labels-idx1-ubyte': idx([40], labels(40)),
    't10k-images-idx3-ubyte': idx([20, 28, 28], pixels(20)),
    't10k-labels-idx1-ubyte': idx([20], labels(20)),
  };
  for (const [file, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, packed ? `${file}.gz` : file), packed ? gzipSync(bytes) : bytes);
  }
  return folder;
}
