import type { StepDrops } from '../engine/program.ts';
import type { Batch } from './session.ts';

/**
 * A batch in consecutive parts whose sizes differ by one image at most, the larger ones first; a batch of fewer images has
 * as many parts as images.
 */
export function partsOf({ images, labels, count, second }: Batch, parts: number): Batch[] {
  const pixels = images.length / count;
  const bounds = Array.from({ length: Math.min(parts, count) + 1 }, (_, index) => {
    const shorter = Math.floor(count / Math.min(parts, count));
    return index * shorter + Math.min(index, count % Math.min(parts, count));
  });
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index]!;
    return {
      images: images.subarray(start * pixels, end * pixels),
      labels: labels.subarray(start, end),
      count: end - start,
      second: second
        ? { labels: second.labels.subarray(start, end), shares: second.shares.subarray(start, end) }
        : null,
    };
  });
}

/**
 * What was drawn for `count` images of a step's batch of `batchCount`, from the image `first` on. A branch that the
 * mini-batch drops is dropped in each of its parts; masks differ between them.
 */
export function dropsOf(
  { keptBranches, branchFactors, maskSeed }: StepDrops,
  batchCount: number,
  first: number,
  count: number,
): StepDrops {
  const branches = branchFactors.length / batchCount;
  const factors = new Float32Array(branches * count);
  for (let branch = 0; branch < branches; branch += 1) {
    const start = branch * batchCount + first;
    factors.set(branchFactors.subarray(start, start + count), branch * count);
  }
  return { keptBranches, branchFactors: factors, maskSeed: (maskSeed + first) % 2 ** 31 };
}
