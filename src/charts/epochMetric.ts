import type { EpochRow } from '../contract/run.ts';

/** A result that every epoch ends with, in the unit in which it is shown. */
export type EpochMetric =
  'trainLoss' | 'validationLoss' | 'testLoss' | 'trainAccuracy' | 'validationAccuracy' | 'testAccuracy';

export interface EpochMetricFacts {
  readonly label: string;
  /** After a value, with its space. */
  readonly unit: string;
  /** Null where an epoch of the run does not end with it. */
  read(row: EpochRow): number | null;
}

export const EPOCH_METRICS: Readonly<Record<EpochMetric, EpochMetricFacts>> = {
  trainLoss: { label: 'Training loss', unit: '', read: ({ trainLoss }) => trainLoss },
  validationLoss: { label: 'Validation loss', unit: '', read: ({ validationLoss }) => validationLoss },
  testLoss: { label: 'Test loss', unit: '', read: ({ testLoss }) => testLoss },
  trainAccuracy: { label: 'Training accuracy (%)', unit: ' %', read: ({ trainAccuracy }) => 100 * trainAccuracy },
  validationAccuracy: {
    label: 'Validation accuracy (%)',
    unit: ' %',
    read: ({ validationAccuracy }) => inPercent(validationAccuracy),
  },
  testAccuracy: { label: 'Test accuracy (%)', unit: ' %', read: ({ testAccuracy }) => inPercent(testAccuracy) },
};

function inPercent(fraction: number | null): number | null {
  return fraction === null ? null : 100 * fraction;
}
