import type { DataSetInfo } from '../contract/data.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { TableMetric } from '../contract/study.ts';
import { isValidationMetric, METRICS } from './metrics.ts';
import { heldOutImages, trainedImages } from './trainedImages.ts';

/**
 * How many images one value of a metric is measured on: accuracies and errors move in steps of one of them. The gap between
 * training and test moves at least with the test images. Null for losses, times and memory.
 */
export function measuredImages(
  metric: TableMetric,
  recipe: Pick<TrainingRecipe, 'validationShare'>,
  data: Pick<DataSetInfo, 'trainImages' | 'testImages'>,
): number | null {
  if (METRICS[metric].scale !== 100) return null;
  if (metric === 'trainAccuracy') return trainedImages(recipe, data);
  return isValidationMetric(metric) ? heldOutImages(recipe, data) : data.testImages;
}
