import type { Database } from 'better-sqlite3';
import { STEP_SERIES } from '../../contract/frames.ts';
import { PEAK_STRIDES, peaks, SEGMENT_STEPS, toBytes } from '../chunks.ts';
import { createResultsUpdate } from '../runResults.ts';
import { toColumns } from '../special.ts';
import { createStepReader } from '../stepReader.ts';
import { createObservationMender } from './mendObservations.ts';

interface Chunk {
  readonly rowid: number;
  readonly first_step: number;
  readonly count: number;
  readonly float32: Buffer;
}

export interface MendedRun {
  /** Steps that the run had recorded, and those that are whole. */
  readonly recordedSteps: number;
  readonly keptSteps: number;
}

/**
 * Brings the rows of a run whose neighbours may be missing back to what a reader can trust to be there: consecutive steps from
 * the first one, a name for every layer, and maxima that follow from the norms. What comes after the last whole step goes.
 */
export function createRunMender(database: Database, file: string): (runId: number) => MendedRun {
  const reader = createStepReader({ database, file });
  const updateResults = createResultsUpdate({ database });
  const find = database.prepare<[number], number>('SELECT last_step FROM runs WHERE id = ?').pluck();
  const seriesOf = database.prepare<[number, string], Chunk>(
    'SELECT rowid, first_step, count, float32 FROM series_chunks WHERE run_id = ? AND series = ? ORDER BY first_step',
  );
  const normsOf = database.prepare<[number], Chunk>(
    'SELECT rowid, first_step, count, float32 FROM norm_chunks WHERE run_id = ? AND stride = 1 ORDER BY first_step',
  );
  const addLayer = database.prepare<[number, number, string]>(
    'INSERT OR IGNORE INTO layers (run_id, position, name) VALUES (?, ?, ?)',
  );
  const mendObservations = createObservationMender(database);
  const segmentsOf = database.prepare<[number], { first_step: number; count: number }>(
    'SELECT first_step, count FROM segments WHERE run_id = ? ORDER BY first_step',
  );
  const addPeaks = database.prepare<[number, number, number, number, Buffer]>(
    'INSERT INTO norm_chunks (run_id, stride, first_step, count, float32) VALUES (?, ?, ?, ?, ?)',
  );
  const setStep = database.prepare<[number, number | null, string | null, number]>(
    'UPDATE runs SET last_step = ?, train_loss = ?, train_loss_special = ? WHERE id = ?',
  );

  /** Cuts a column of chunks to the steps up to `last`. */
  const trim = (table: 'series_chunks' | 'norm_chunks', chunks: readonly Chunk[], last: number) => {
    const remove = database.prepare<[number]>(`DELETE FROM ${table} WHERE rowid = ?`);
    const shorten = database.prepare<[number, Buffer, number]>(
      `UPDATE ${table} SET count = ?, float32 = ? WHERE rowid = ?`,
    );
    for (const { rowid, first_step: first, count, float32 } of chunks) {
      const kept = Math.min(count, last - first + 1);
      if (kept <= 0) remove.run(rowid);
      else if (kept < count) shorten.run(kept, float32.subarray(0, (float32.length / count) * kept), rowid);
    }
  };

  return (runId) => {
    const recordedSteps = find.get(runId) ?? 0;
    const norms = normsOf.all(runId);
    const layers = norms[0] ? norms[0].float32.length / norms[0].count / 4 : 0;
    const columns = STEP_SERIES.map((name) => seriesOf.all(runId, name));
    const ofOneWidth = norms.filter(({ float32, count }) => float32.length === 4 * count * layers);
    const keptSteps = Math.min(recordedSteps, ...[...columns, ofOneWidth].map(wholeSteps));
    for (const chunks of columns) trim('series_chunks', chunks, keptSteps);
    trim('norm_chunks', norms, keptSteps);
    for (let position = 0; position < layers; position += 1) addLayer.run(runId, position, `layer ${position + 1}`);
    for (const table of ['epochs', 'checkpoints', 'observations']) {
      database.prepare(`DELETE FROM ${table} WHERE run_id = ? AND step > ?`).run(runId, keptSteps);
    }
    mendObservations(runId);
    // It may be of steps that are not what they were; the run is judged again by those that are left.
    database.prepare('DELETE FROM verdicts WHERE run_id = ?').run(runId);
    database.prepare('DELETE FROM segments WHERE run_id = ? AND first_step + count - 1 > ?').run(runId, keptSteps);
    database.prepare('DELETE FROM norm_chunks WHERE run_id = ? AND stride > 1').run(runId);
    for (const { first_step: first, count } of segmentsOf.all(runId)) {
      const raw = reader.norms(runId, first, first + count - 1, layers);
      for (const stride of PEAK_STRIDES) {
        addPeaks.run(runId, stride, first, Math.ceil(count / stride), toBytes(peaks(raw, layers, stride)));
      }
    }
    if (keptSteps < recordedSteps) {
      const loss = keptSteps === 0 ? null : reader.series(runId, 'loss', keptSteps, keptSteps)[0]!;
      const { number, special } = toColumns(loss);
      setStep.run(keptSteps, number, special, runId);
      updateResults(runId);
    }
    return { recordedSteps, keptSteps };
  };
}

/** How many steps from the first one follow each other without a gap. */
function wholeSteps(chunks: readonly Chunk[]): number {
  let next = 1;
  for (const { first_step: first, count } of chunks) {
    if (first !== next) break;
    next += count;
  }
  return next - 1;
}

/** Segments among so many steps that have no hash though they should: nobody can tell whether their numbers are as they were. */
export function unhashedSegments(database: Database, runId: number, steps: number, hasEnded: boolean): number[] {
  const hashed = new Set(
    database.prepare<[number], number>('SELECT first_step FROM segments WHERE run_id = ?').pluck().all(runId),
  );
  // The last one of a run that goes on is not closed yet.
  const closed = hasEnded ? Math.ceil(steps / SEGMENT_STEPS) : Math.floor(steps / SEGMENT_STEPS);
  return Array.from({ length: closed }, (_, index) => index * SEGMENT_STEPS + 1).filter((first) => !hashed.has(first));
}
