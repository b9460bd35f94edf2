import type { NetworkInput } from '../contract/network.ts';

/**
 * Reads `count` records from record number `first` on. A record is one byte of label and then the image's bytes in the
 * order height, width, channels. The bytes are verified before: a label outside the classes is a fault of ours.
 */
export function readRecords(bytes: Uint8Array, input: NetworkInput, first: number, count: number) {
  const imageSize = input.height * input.width * input.channels;
  const recordSize = 1 + imageSize;
  if ((first + count) * recordSize > bytes.length) {
    throw new RangeError(`Records ${first} to ${first + count} lie outside a file of ${bytes.length} bytes`);
  }
  const images = new Uint8Array(count * imageSize);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const start = (first + index) * recordSize;
    const label = bytes[start]!;
    if (label >= input.classes) throw new RangeError(`Record ${first + index} has the label ${label}`);
    labels[index] = label;
    images.set(bytes.subarray(start + 1, start + recordSize), index * imageSize);
  }
  return { images, labels };
}
