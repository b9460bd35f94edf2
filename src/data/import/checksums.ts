import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { PublishedName } from '../../contract/data.ts';
import { publishedDataSets } from '../published.ts';

/**
 * SHA-256 sums of CIFAR's Python archives, as Keras has them (datasets/cifar10.py, cifar100.py).
 */
const PYTHON_ARCHIVES: Readonly<Partial<Record<PublishedName, string>>> = {
  cifar10: '6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce',
  cifar100: '85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7',
};

/** Says whether a file is the published one, byte for byte. */
export async function publishedNote(file: string, name: PublishedName): Promise<string> {
  const sha256 = await checksumOf(file, 'sha256');
  const known = [
    ...publishedDataSets[name].files.flatMap(({ checksum }) => (checksum.algorithm === 'sha256' ? [checksum.hex] : [])),
    PYTHON_ARCHIVES[name],
  ];
  if (known.includes(sha256)) return `The published file, by its SHA-256 (${sha256})`;
  return `Not the published file: its SHA-256 is ${sha256}. What it holds has the published layout`;
}

export async function checksumOf(file: string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const block of createReadStream(file)) hash.update(block as Buffer);
  return hash.digest('hex');
}
