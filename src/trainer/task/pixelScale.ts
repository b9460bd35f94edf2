import type { Subject } from '../../contract/task.ts';
import { findDataSet } from '../../data/dataSets.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import type { OpenSubject } from './subject.ts';

/**
 * How the network's images are scaled: as those that a run was trained on, or as the file of weights says; null where
 * nothing is known of them.
 */
export function pixelScaleOf(subject: Subject, { scale }: OpenSubject, resourcesFolder: string): PixelScale | null {
  return subject.kind === 'run' ? pixelScaleOfData(subject.data, resourcesFolder) : scale;
}

/** How a data set's images are scaled for training. */
export function pixelScaleOfData(data: string, resourcesFolder: string): PixelScale {
  const { mean, std } = findDataSet(data).load(resourcesFolder);
  return { imageMean: mean, imageStd: std };
}
