import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { TableMetric } from '../contract/study.ts';

interface MetricFacts {
  /** As a column's head. */
  readonly label: string;
  /** From the stored value to the shown one: accuracies are fractions and are shown in percent. */
  readonly scale: number;
  readonly higherIsBetter: boolean;
  /** What a difference counts in, with its space; empty for a loss. */
  readonly differenceUnit: string;
  /** Decimals where nothing measured says how many are meant. */
  readonly decimals: number;
  read(run: RunRow): number | null;
}

/** How each measurement of the study table is read, shown and compared. */
export const METRICS: Readonly<Record<TableMetric, MetricFacts>> = {
  testAccuracy: {
    label: 'Test accuracy (%)',
    scale: 100,
    higherIsBetter: true,
    differenceUnit: ' points',
    decimals: 2,
    read: (run) => run.testAccuracy,
  },
  bestTestAccuracy: {
    label: 'Best test accuracy (%)',
    scale: 100,
    higherIsBetter: true,
    differenceUnit: ' points',
    decimals: 2,
    read: (run) => run.bestTestAccuracy,
  },
  validationAccuracy: {
    label: 'Validation accuracy (%)',
    scale: 100,
    higherIsBetter: true,
    differenceUnit: ' points',
    decimals: 2,
    read: (run) => run.validationAccuracy,
  },
  bestValidationAccuracy: {
    label: 'Best validation accuracy (%)',
    scale: 100,
    higherIsBetter: true,
    differenceUnit: ' points',
    decimals: 2,
    read: (run) => run.bestValidationAccuracy,
  },
  testLoss: {
    label: 'Test loss',
    scale: 1,
    higherIsBetter: false,
    differenceUnit: '',
    decimals: 4,
    read: (run) => run.testLoss,
  },
  validationLoss: {
    label: 'Validation loss',
    scale: 1,
    higherIsBetter: false,
    differenceUnit: '',
    decimals: 4,
    read: (run) => run.validationLoss,
  },
  trainLoss: {
    label: 'Training loss',
    scale: 1,
    higherIsBetter: false,
    differenceUnit: '',
    decimals: 4,
    read: (run) => run.trainLoss,
  },
};

/** A metric's name and its unit apart; the unit is empty for a loss. */
export function metricHead(metric: TableMetric): { readonly head: string; readonly unit: string } {
  return { head: METRICS[metric].label.replace(' (%)', ''), unit: METRICS[metric].scale === 100 ? '%' : '' };
}

/** The value in the unit in which the metric is shown. */
export function toDisplay(metric: TableMetric, value: number): number {
  return value * METRICS[metric].scale;
}

/** Whether a metric is of the held-out images. */
export function isValidationMetric(metric: TableMetric): boolean {
  return metric === 'validationAccuracy' || metric === 'bestValidationAccuracy' || metric === 'validationLoss';
}

/** The metrics that runs of a recipe have: of the test images the best epoch's only where nothing is held out. */
export function metricsOf({ validationShare }: Pick<TrainingRecipe, 'validationShare'>): TableMetric[] {
  return TableMetric.options.filter((metric) =>
    validationShare > 0 ? metric !== 'bestTestAccuracy' : !isValidationMetric(metric),
  );
}
