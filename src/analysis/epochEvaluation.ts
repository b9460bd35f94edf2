import type { TrainingRecipe } from '../contract/recipe.ts';

/** The names of the results on the images that a run is evaluated on after each epoch, in a run's row and in an epoch's. */
const VALIDATION = {
  title: 'Validation',
  images: 'Validation images',
  accuracy: 'validationAccuracy',
  bestAccuracy: 'bestValidationAccuracy',
  loss: 'validationLoss',
} as const;
const TEST = {
  title: 'Test',
  images: 'Test images',
  accuracy: 'testAccuracy',
  bestAccuracy: 'bestTestAccuracy',
  loss: 'testLoss',
} as const;

/** What a run is evaluated on after each epoch: the held-out images or, where there are none, the test images. */
export function epochEvaluation({
  validationShare,
}: Pick<TrainingRecipe, 'validationShare'>): typeof VALIDATION | typeof TEST {
  return validationShare > 0 ? VALIDATION : TEST;
}

/** How often the test images of a run are looked at: what was chosen by them, no result on them can vouch for. */
export function testUse({ validationShare }: Pick<TrainingRecipe, 'validationShare'>): string {
  return validationShare > 0
    ? 'The test images are evaluated once, at the run’s end; the best epoch is chosen by validation accuracy.'
    : 'Test images were looked at after every epoch: the best of them is not what new images would give.';
}
