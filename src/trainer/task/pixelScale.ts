import type { DataReference } from '../../contract/data.ts';
import type { Subject } from '../../contract/task.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import type { OpenSubject } from './subject.ts';

/**
 * How the network's images are scaled: as those that a run was trained on, or as the file of weights says; null where
 * nothing is known of them.
 */
export function pixelScaleOf(subject: Subject, { scale }: OpenSubject): PixelScale | null {
  if (subject.kind === 'network') return scale;
  return subject.data === undefined ? null : pixelScaleOfData(subject.data);
}

/** How a data set's images are scaled for training. */
export function pixelScaleOfData({ info }: DataReference): PixelScale {
  return { imageMean: info.mean, imageStd: info.std };
}
