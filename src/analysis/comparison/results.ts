import type { EpochRow, RunRow } from '../../contract/run.ts';
import { isEnded } from '../../contract/runState.ts';
import { summarise, type SeedSummary } from '../seeds.ts';
import { stateWord } from '../stateWord.ts';
import { welchDifference, type MeanDifference } from '../welch.ts';
import type { ComparisonColumn } from './columns.ts';
import type { Measure, Reading } from './measures.ts';

/** A measure in one column; all values are in the measure's unit. */
export interface ResultCell extends SeedSummary {
  /** The values that count, one a run. A run's own column shows what it has, finite or not. */
  readonly values: readonly number[];
  /** The epochs that they are of, ascending and each once; empty for what is of the whole run. */
  readonly epochs: readonly number[];
  /** Runs that are counted and not averaged, with the reason. */
  readonly leftOut: readonly LeftOut[];
  /** Less the baseline; null in the baseline's own column, and where either has no finite value. */
  readonly delta: MeanDifference | null;
}

export interface LeftOut {
  readonly runId: number;
  readonly reason: string;
  /** Whether it failed; else it was ended by its user, or has not ended. */
  readonly hasFailed: boolean;
}

export type EpochsByRun = ReadonlyMap<number, readonly EpochRow[]>;

type Counted = Omit<ResultCell, 'delta'>;

/** A measure in every column, with the differences to the baseline's column where there is one. */
export function resultCells(
  measure: Measure,
  columns: readonly ComparisonColumn[],
  epochs: EpochsByRun,
  baselineKey: string | null,
): ResultCell[] {
  const cells = columns.map((column) => (column.isGroup ? groupCell : runCell)(measure, column.runs, epochs));
  const baseline = cells[columns.findIndex(({ key }) => key === baselineKey)];
  return cells.map((cell) => ({ ...cell, delta: cell === baseline ? null : deltaOf(cell, baseline) }));
}

function deltaOf({ values }: Counted, baseline: Counted | undefined): MeanDifference | null {
  if (baseline === undefined || values.length === 0 || baseline.values.length === 0) return null;
  if (![...values, ...baseline.values].every(Number.isFinite)) return null;
  return welchDifference(values, baseline.values);
}

/** A run by itself shows what it has, whatever became of it. */
function runCell(measure: Measure, [run]: readonly RunRow[], epochs: EpochsByRun): Counted {
  const reading = measure.read(run!, epochs.get(run!.id) ?? []);
  if (reading === null) return { ...summarise([]), values: [], epochs: [], leftOut: [] };
  return {
    n: 1,
    mean: reading.value,
    std: null,
    interval: null,
    values: [reading.value],
    epochs: epochsOf([reading]),
    leftOut: [],
  };
}

/**
 * In a group only runs that finished count or, for the result of one epoch, all that have it and did not fail: one that
 * still trains is compared fairly there.
 */
function groupCell(measure: Measure, runs: readonly RunRow[], epochs: EpochsByRun): Counted {
  const counted: Reading[] = [];
  const leftOut: LeftOut[] = [];
  for (const run of runs) {
    const reading = measure.read(run, epochs.get(run.id) ?? []);
    const reason = reasonAgainst(measure, run, reading);
    if (reason !== null)
      leftOut.push({ runId: run.id, reason, hasFailed: run.state !== 'stopped' && isEnded(run.state) });
    else if (reading !== null) counted.push(reading);
  }
  const values = counted.map(({ value }) => value);
  return { ...summarise(values), values, epochs: epochsOf(counted), leftOut };
}

/** Why a run does not count; null where it does, and where its recipe leaves the measure out. */
function reasonAgainst({ isOfOneEpoch }: Measure, run: RunRow, reading: Reading | null): string | null {
  const { state, reason } = run;
  const hasFailed = state === 'failed' || state === 'diverged';
  const isDone = state === 'finished' || (isOfOneEpoch && !hasFailed);
  if (!isDone) return reason === '' || state === 'stopped' ? stateWord(run) : `${stateWord(run)}: ${reason}`;
  return reading !== null && !Number.isFinite(reading.value) ? `finished with ${reading.value}` : null;
}

function epochsOf(readings: readonly Reading[]): number[] {
  const epochs = readings.flatMap(({ epoch }) => (epoch === null ? [] : [epoch]));
  return [...new Set(epochs)].toSorted((one, other) => one - other);
}
