import type { DataFile, WorkProgress } from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import { createChannelStatistics } from '../channelStatistics.ts';
import type { DecodedPicture } from '../decodePicture.ts';
import { createPictureWriter, createPixelWriter } from '../partWriter.ts';
import type { FoundImage, FoundStorage } from './foundSet.ts';
import { createSkips } from './pictures.ts';

/** Enough that the mean is known well, and few enough to decode; entries that are pictures themselves take memory meanwhile. */
const SAMPLED_PATHS = 10_000;
const SAMPLED_PICTURES = 500;
const BRIGHTEST = 255;

export interface Statistics {
  readonly mean: number[];
  readonly std: number[];
  readonly maxPixel: number;
}

/** Writes images into the files of their parts, and counts and measures them on the way. */
export interface Collector {
  add(image: FoundImage): void;
  counts(classes: number): { train: number[]; test: number[] };
  /** Of the training images, and what there is to note about how they were measured. */
  statistics(report: (progress: WorkProgress) => void): Promise<{ statistics: Statistics; notes: string[] }>;
  /** Finishes both files. */
  finish(): DataFile[];
  abandon(): void;
}

export function createCollector(
  storage: FoundStorage,
  files: { readonly train: string; readonly test: string },
): Collector {
  const createWriter = (file: string) =>
    storage.kind === 'pixels'
      ? createPixelWriter(file, [storage.height, storage.width, storage.channels])
      : createPictureWriter(file, storage.root === null ? { holds: 'files' } : { holds: 'paths', root: storage.root });
  const writers = { train: createWriter(files.train), test: createWriter(files.test) };
  const labels = { train: [] as number[], test: [] as number[] };
  const measure =
    storage.kind === 'pixels'
      ? measurePixels(storage.channels)
      : measurePictures(storage.decode, storage.root === null ? SAMPLED_PICTURES : SAMPLED_PATHS);
  return {
    add: ({ part, label, bytes }) => {
      writers[part].add(bytes, label);
      labels[part].push(label);
      if (part === 'train') measure.add(bytes);
    },
    counts: (classes) => ({ train: countsOf(labels.train, classes), test: countsOf(labels.test, classes) }),
    statistics: measure.statistics,
    finish: () => [writers.train.finish(), writers.test.finish()],
    abandon: () => {
      writers.train.abandon();
      writers.test.abandon();
    },
  };
}

interface Measure extends Pick<Collector, 'statistics'> {
  add(bytes: Uint8Array): void;
}

function measurePixels(channels: number): Measure {
  const sums = createChannelStatistics(channels);
  let largest = 0;
  return {
    add: (pixels) => {
      sums.add(pixels);
      if (largest <= SIXTEEN_LEVELS) for (const pixel of pixels) if (pixel > largest) largest = pixel;
    },
    statistics: () => {
      const maxPixel = largest > SIXTEEN_LEVELS ? BRIGHTEST : Math.max(1, largest);
      return Promise.resolve({ statistics: { ...sums.result(), maxPixel }, notes: [] });
    },
  };
}

/** Images whose pixels stay at or below this have fewer levels than bytes have: white is their largest. */
const SIXTEEN_LEVELS = 16;

/** Keeps entries at equal distances, however many come: when there are too many, every second one goes. */
function measurePictures(decode: (entry: Uint8Array) => Promise<DecodedPicture>, most: number): Measure {
  let kept: Uint8Array[] = [];
  let distance = 1;
  let seen = 0;
  return {
    add: (entry) => {
      // A copy: the entry may be a small part of a block that would stay in memory with it.
      if (seen % distance === 0) kept.push(Uint8Array.from(entry));
      seen += 1;
      if (kept.length <= most) return;
      kept = kept.filter((_, index) => index % 2 === 0);
      distance *= 2;
    },
    statistics: async (report) => {
      const sums = createChannelStatistics(3);
      const broken = createSkips();
      let measured = 0;
      for (const [index, entry] of kept.entries()) {
        report({ stage: 'Measuring pictures', done: index, total: kept.length });
        try {
          sums.add((await decode(entry)).pixels);
          measured += 1;
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          broken.add(error.where);
        }
      }
      if (measured === 0) throw noneDecoded(kept.length);
      const sampled = `Mean and deviation are of ${measured.toLocaleString('en')} training pictures, taken at equal distances`;
      return {
        statistics: { ...sums.result(), maxPixel: BRIGHTEST },
        notes: [...broken.note('of the measured pictures cannot be decoded'), ...(measured === seen ? [] : [sampled])],
      };
    },
  };
}

function noneDecoded(count: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `None of ${count} training pictures can be decoded`,
    where: 'source',
    hint: 'Pictures are JPEG, PNG or WebP; look at some of them in another program',
  });
}

function countsOf(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}
