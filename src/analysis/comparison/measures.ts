import type { EpochRow, RunRow } from '../../contract/run.ts';
import { METRICS } from '../metrics.ts';

/** One row of results: what is read of each run, and how it is shown and compared. */
export interface Measure {
  readonly id: string;
  readonly label: string;
  /** Empty where there is none. */
  readonly unit: string;
  /** What a difference counts in, with its space; empty where it has no unit. */
  readonly differenceUnit: string;
  /** Digits after the point where no spread says how many are meant. */
  readonly decimals: number;
  /** Null where neither is better. */
  readonly better: 'higher' | 'lower' | null;
  /** Whether it is of one epoch that was chosen beforehand, so that a run which still trains has it for good. */
  readonly isOfOneEpoch: boolean;
  /** Whether it is of the epoch that was best, whose number is then told. */
  readonly isBest: boolean;
  /** In the unit; null where the run has not got it. */
  read(run: RunRow, epochs: readonly EpochRow[]): Reading | null;
}

export interface Reading {
  readonly value: number;
  /** The epoch that it is of, counted from 1; null where it is of the whole run. */
  readonly epoch: number | null;
}

const EPOCH_MEASURES = [
  { name: 'testAccuracy', label: 'Test accuracy', like: METRICS.testAccuracy, isOfTest: true },
  { name: 'validationAccuracy', label: 'Validation accuracy', like: METRICS.validationAccuracy, isOfTest: false },
  { name: 'trainAccuracy', label: 'Training accuracy', like: METRICS.testAccuracy, isOfTest: false },
  { name: 'testLoss', label: 'Test loss', like: METRICS.testLoss, isOfTest: true },
  { name: 'validationLoss', label: 'Validation loss', like: METRICS.validationLoss, isOfTest: false },
  { name: 'trainLoss', label: 'Training loss', like: METRICS.trainLoss, isOfTest: false },
] as const;

type EpochMeasureFacts = (typeof EPOCH_MEASURES)[number];

/**
 * The results of a comparison in reading order. Where images are held out, the test images are evaluated once, at the end,
 * and no epoch is chosen by them. A training result is the mean over the epoch's batches.
 */
export function measuresAt(atEpoch: number | null): Measure[] {
  return [
    ...EPOCH_MEASURES.flatMap((facts) => [
      epochMeasure(facts, 'Last', 'last epoch', (readings) => readings.at(-1)),
      epochMeasure(facts, 'Best', 'best epoch', (readings) => bestOf(facts, readings)),
      ...(atEpoch === null
        ? []
        : [
            epochMeasure(facts, 'AtEpoch', `epoch ${atEpoch}`, (readings) =>
              readings.find(({ epoch }) => epoch === atEpoch),
            ),
          ]),
    ]),
    ...costs(atEpoch),
  ];
}

type EpochReading = Reading & { readonly epoch: number };

function epochMeasure(
  { name, label, like, isOfTest }: EpochMeasureFacts,
  moment: 'Last' | 'Best' | 'AtEpoch',
  when: string,
  choose: (readings: readonly EpochReading[]) => EpochReading | undefined,
): Measure {
  return {
    id: `${name}${moment}`,
    label: `${label}, ${when}`,
    unit: like.scale === 100 ? '%' : '',
    differenceUnit: like.differenceUnit,
    decimals: like.decimals,
    better: like.higherIsBetter ? 'higher' : 'lower',
    isOfOneEpoch: moment === 'AtEpoch',
    isBest: moment === 'Best',
    read: (run, epochs) => {
      if (isOfTest && run.recipe.validationShare > 0) return moment === 'Last' ? atTheEnd(like, run) : null;
      const readings = epochs.flatMap((row) => {
        const value = row[name];
        return value === null ? [] : [{ value: value * like.scale, epoch: row.epoch }];
      });
      return choose(readings) ?? null;
    },
  };
}

/** The test images of a run that holds others out are evaluated once. */
function atTheEnd({ read, scale }: EpochMeasureFacts['like'], run: RunRow): Reading | null {
  const value = read(run);
  return value === null ? null : { value: value * scale, epoch: null };
}

/** The first epoch with the best finite value. */
function bestOf({ like }: EpochMeasureFacts, readings: readonly EpochReading[]): EpochReading | undefined {
  const sign = like.higherIsBetter ? 1 : -1;
  const finite = readings.filter(({ value }) => Number.isFinite(value));
  return finite.reduce<EpochReading | undefined>(
    (best, reading) => (best === undefined || sign * reading.value > sign * best.value ? reading : best),
    undefined,
  );
}

/** What the results have cost: more is no worse result, so that neither is called better. */
function costs(atEpoch: number | null): Measure[] {
  const cost = (
    id: string,
    label: string,
    unit: string,
    decimals: number,
    read: (run: RunRow, epochs: readonly EpochRow[]) => number | null | undefined,
  ): Measure => ({
    id,
    label,
    unit,
    differenceUnit: unit === '' ? '' : ` ${unit}`,
    decimals,
    better: null,
    isOfOneEpoch: id.endsWith('AtEpoch'),
    isBest: false,
    read: (run, epochs) => {
      const value = read(run, epochs) ?? null;
      return value === null ? null : { value, epoch: null };
    },
  });
  return [
    cost('elapsed', 'Training time', 's', 1, ({ elapsedMs }) => (elapsedMs > 0 ? elapsedMs / 1000 : null)),
    ...(atEpoch === null
      ? []
      : [
          cost('elapsedAtEpoch', `Training time until epoch ${atEpoch}`, 's', 1, (_run, epochs) => {
            const row = epochs.find(({ epoch }) => epoch === atEpoch);
            return row && row.elapsedMs / 1000;
          }),
        ]),
    cost('steps', 'Steps', '', 0, ({ lastStep }) => lastStep),
    cost('stepMs', 'Step, median', 'ms', 1, ({ stepMs }) => stepMs),
    cost('imagesPerSecond', 'Speed', 'images/s', 0, ({ imagesPerSecond }) => imagesPerSecond),
    cost('peakMemory', 'Peak memory', 'MB', 0, ({ peakMemoryBytes: bytes }) => bytes && bytes / 1e6),
  ];
}
