import { STEP_SERIES } from '../contract/frames.ts';
import { NORM_CHUNK_STEPS, segmentStart, toBytes } from './chunks.ts';
import type { Context } from './context.ts';
import { createResultsUpdate } from './runResults.ts';
import { toColumns } from './special.ts';
import type { StepReader } from './stepReader.ts';

/**
 * Takes the steps of a run after one of them out of the file, with their evaluations and checkpoints, and sets its newest results to
 * what is left. Runs inside the caller's transaction.
 */
export function createTakeBack({ database }: Context, steps: StepReader): (runId: number, step: number) => void {
  const deleteFrom = ['series_chunks', 'norm_chunks', 'segments'].map((table) =>
    database.prepare<[number, number]>(`DELETE FROM ${table} WHERE run_id = ? AND first_step >= ?`),
  );
  const deleteAfter = ['epochs', 'checkpoints', 'observations'].map((table) =>
    database.prepare<[number, number]>(`DELETE FROM ${table} WHERE run_id = ? AND step > ?`),
  );
  const insertSeries = database.prepare<[number, string, number, number, Buffer]>(
    'INSERT INTO series_chunks (run_id, series, first_step, count, float32) VALUES (?, ?, ?, ?, ?)',
  );
  const insertNorms = database.prepare<[number, number, number, Buffer]>(
    'INSERT INTO norm_chunks (run_id, stride, first_step, count, float32) VALUES (?, 1, ?, ?, ?)',
  );
  const setStep = database.prepare<[number, number | null, string | null, number]>(
    'UPDATE runs SET last_step = ?, train_loss = ?, train_loss_special = ? WHERE id = ?',
  );
  const updateResults = createResultsUpdate({ database });

  /** Cuts the segment that the next step lies in down to the steps before it, as small chunks again. */
  const cutSegment = (runId: number, step: number): void => {
    const first = segmentStart(step + 1);
    const count = step - first + 1;
    const layers = steps.layerCount(runId);
    const series = count > 0 ? STEP_SERIES.map((name) => [name, steps.series(runId, name, first, step)] as const) : [];
    const norms = count > 0 ? steps.norms(runId, first, step, layers) : new Float32Array(0);
    for (const statement of deleteFrom) statement.run(runId, first);
    for (const [name, values] of series) insertSeries.run(runId, name, first, count, toBytes(values));
    for (let row = 0; row < count; row += NORM_CHUNK_STEPS) {
      const rows = Math.min(NORM_CHUNK_STEPS, count - row);
      insertNorms.run(runId, first + row, rows, toBytes(norms.subarray(row * layers, (row + rows) * layers)));
    }
  };

  return (runId, step) => {
    cutSegment(runId, step);
    for (const statement of deleteAfter) statement.run(runId, step);
    const loss = step === 0 ? null : steps.series(runId, 'loss', step, step)[0]!;
    const { number, special } = toColumns(loss);
    setStep.run(step, number, special, runId);
    updateResults(runId);
  };
}
