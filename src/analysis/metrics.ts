import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { TableMetric } from '../contract/study.ts';

export interface MetricFacts {
  /** As a column's head. */
  readonly label: string;
  readonly quantity: 'accuracy' | 'error' | 'gap' | 'loss' | 'time' | 'speed' | 'memory';
  /** From the stored value to the shown one: accuracies are fractions and are shown in percent. */
  readonly scale: number;
  readonly higherIsBetter: boolean;
  /** What the version on the good side is called: `better` is said of results only. */
  readonly comparative: 'better' | 'lower' | 'faster';
  /** After a value, with its space; empty for a loss. */
  readonly unit: string;
  /** What a difference counts in, with its space. */
  readonly differenceUnit: string;
  /** Decimals where nothing measured says how many are meant. */
  readonly decimals: number;
  read(run: RunRow): number | null;
}

type Read = MetricFacts['read'];

const percent = { scale: 100, unit: ' %', differenceUnit: ' points', decimals: 2 } as const;

function accuracy(label: string, read: Read): MetricFacts {
  return { ...percent, label: `${label} (%)`, quantity: 'accuracy', higherIsBetter: true, comparative: 'better', read };
}

/** The error that an accuracy leaves. */
function error(label: string, read: Read): MetricFacts {
  const left = (run: RunRow) => without(1, read(run));
  const facts = { quantity: 'error', higherIsBetter: false, comparative: 'better' } as const;
  return { ...percent, ...facts, label: `${label} (%)`, read: left };
}

function loss(label: string, read: Read): MetricFacts {
  const facts = { quantity: 'loss', scale: 1, higherIsBetter: false, comparative: 'better' } as const;
  return { ...facts, label, unit: '', differenceUnit: '', decimals: 4, read };
}

function without(whole: number | null, part: number | null): number | null {
  return whole === null || part === null ? null : whole - part;
}

/** How each measurement of the study table is read, shown and compared. */
export const METRICS: Readonly<Record<TableMetric, MetricFacts>> = {
  testAccuracy: accuracy('Test accuracy', (run) => run.testAccuracy),
  bestTestAccuracy: accuracy('Best test accuracy', (run) => run.bestTestAccuracy),
  testError: error('Test error', (run) => run.testAccuracy),
  bestTestError: error('Lowest test error', (run) => run.bestTestAccuracy),
  validationAccuracy: accuracy('Validation accuracy', (run) => run.validationAccuracy),
  bestValidationAccuracy: accuracy('Best validation accuracy', (run) => run.bestValidationAccuracy),
  validationError: error('Validation error', (run) => run.validationAccuracy),
  trainAccuracy: accuracy('Training accuracy', (run) => run.trainAccuracy),
  trainTestGap: {
    ...percent,
    label: 'Train-test gap (points)',
    quantity: 'gap',
    unit: ' points',
    higherIsBetter: false,
    comparative: 'lower',
    read: (run) => without(run.trainAccuracy, run.testAccuracy),
  },
  testLoss: loss('Test loss', (run) => run.testLoss),
  validationLoss: loss('Validation loss', (run) => run.validationLoss),
  trainLoss: loss('Training loss', (run) => run.trainLoss),
  trainingTime: {
    label: 'Training time (s)',
    quantity: 'time',
    scale: 1e-3,
    higherIsBetter: false,
    comparative: 'faster',
    unit: ' s',
    differenceUnit: ' s',
    decimals: 1,
    read: (run) => run.elapsedMs,
  },
  imagesPerSecond: {
    label: 'Training speed (images/s)',
    quantity: 'speed',
    scale: 1,
    higherIsBetter: true,
    comparative: 'faster',
    unit: ' images/s',
    differenceUnit: ' images/s',
    decimals: 0,
    read: (run) => run.imagesPerSecond,
  },
  peakMemory: {
    label: 'Peak memory (MB)',
    quantity: 'memory',
    scale: 1e-6,
    higherIsBetter: false,
    comparative: 'lower',
    unit: ' MB',
    differenceUnit: ' MB',
    decimals: 0,
    read: (run) => run.peakMemoryBytes,
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
  return metric.toLowerCase().includes('validation');
}

/** Whether a metric is of the test images after the epoch that was best on them. */
function isBestOnTest(metric: TableMetric): boolean {
  return metric === 'bestTestAccuracy' || metric === 'bestTestError';
}

/** The metrics that runs of a recipe have: of the test images the best epoch's only where nothing is held out. */
export function metricsOf({ validationShare }: Pick<TrainingRecipe, 'validationShare'>): TableMetric[] {
  return TableMetric.options.filter((metric) =>
    validationShare > 0 ? !isBestOnTest(metric) : !isValidationMetric(metric),
  );
}

/** What is shown beside a metric: loss beside a result, training beside the gap, memory beside time. */
export function companionMetric(metric: TableMetric): TableMetric {
  const isHeldOut = isValidationMetric(metric);
  switch (METRICS[metric].quantity) {
    case 'loss':
      return isHeldOut ? 'validationAccuracy' : 'testAccuracy';
    case 'gap':
      return 'trainAccuracy';
    case 'memory':
      return 'trainingTime';
    case 'time':
    case 'speed':
      return 'peakMemory';
    case 'accuracy':
    case 'error':
      if (metric === 'trainAccuracy') return 'trainLoss';
      return isHeldOut ? 'validationLoss' : 'testLoss';
  }
}
