import type { TableMetric } from '../../contract/study.ts';
import { METRICS } from '../metrics.ts';

/** What is to be known beside the figures; the window and the report say the same. */

export const BOOTSTRAP_NOTE =
  'Bootstrap intervals resample the pairs, all n^n ways for up to six, else 10,000 drawn ones. With few seeds they are too narrow: ' +
  'at n = 5 a percentile interval is about 0.63 of the Student t interval of normal data, and no interval leaves the range of ' +
  'what was seen. The verdicts go by Student t.';

export const FIT_NOTE =
  'Least squares over all finished runs, each seed a point, depth as its logarithm; intervals by Student t, as if the runs were ' +
  'independent and equally spread. A line says nothing of depths that were not trained, and runs that failed are not in it.';

export const PUBLISHED_NOTE =
  'A figure is compared only where data set, network and every setting that its source states are the same. It is reproduced where ' +
  'it lies in the interval in which 95 % of such results of ours would lie, or, where its spread is published, where that meets ' +
  'the 95 % interval of our mean. A wide interval reproduces much.';

export const RESOURCES_NOTE =
  'Of the finished runs. Times are of the machine that trained, with all else that it did: ' +
  'they do not compare between machines, nor between runs of which some trained side by side.';

/** What a metric is not; empty where it says itself. */
export function metricNote(metric: TableMetric): string {
  const { quantity } = METRICS[metric];
  if (metric === 'trainAccuracy' || quantity === 'gap')
    return 'Training accuracy is taken while the last epoch is trained: on augmented images, with batch moments, and weights that still move.';
  if (quantity === 'time' || quantity === 'speed' || quantity === 'memory') return RESOURCES_NOTE;
  return '';
}
