import type { EpochRow } from '../../../contract/run.ts';

/** A result that every epoch ends with, in the unit in which it is shown. */
export type EpochMetric = 'trainLoss' | 'testLoss' | 'trainAccuracy' | 'testAccuracy';

export interface EpochMetricFacts {
  readonly label: string;
  /** After a value, with its space. */
  readonly unit: string;
  read(row: EpochRow): number;
}

export const EPOCH_METRICS: Readonly<Record<EpochMetric, EpochMetricFacts>> = {
  trainLoss: { label: 'Training loss', unit: '', read: ({ trainLoss }) => trainLoss },
  testLoss: { label: 'Test loss', unit: '', read: ({ testLoss }) => testLoss },
  trainAccuracy: { label: 'Training accuracy (%)', unit: ' %', read: ({ trainAccuracy }) => 100 * trainAccuracy },
  testAccuracy: { label: 'Test accuracy (%)', unit: ' %', read: ({ testAccuracy }) => 100 * testAccuracy },
};
