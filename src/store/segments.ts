import { createHash } from 'node:crypto';
import { OBSERVED_QUANTITIES } from '../contract/flow.ts';
import { STEP_SERIES } from '../contract/frames.ts';
import { NORM_CHUNK_STEPS, peaks, PEAK_STRIDES, SEGMENT_STEPS, segmentStart, toBytes } from './chunks.ts';
import type { Context } from './context.ts';
import type { ObservationRows } from './observations.ts';
import type { StepReader } from './stepReader.ts';

export interface Segments {
  /**
   * Packs a segment's small live chunks into full ones, adds the maxima over 10 and 100 steps, and stores its SHA-256.
   * Runs inside the caller's transaction.
   */
  pack(runId: number, firstStep: number, count: number, layers: number): void;
  /** Packs the last, partial segment of a run that ended. */
  packTail(runId: number, lastStep: number, layers: number): void;
  /** First steps of the segments whose rows no longer have their SHA-256, or whose maxima are not theirs. */
  verify(runId: number): number[];
}

export function createSegments({ database }: Context, reader: StepReader, observations: ObservationRows): Segments {
  const deleteSeries = database.prepare<[number, number, number]>(
    'DELETE FROM series_chunks WHERE run_id = ? AND first_step BETWEEN ? AND ?',
  );
  const deleteNorms = database.prepare<[number, number, number]>(
    'DELETE FROM norm_chunks WHERE run_id = ? AND first_step BETWEEN ? AND ?',
  );
  const insertSeries = database.prepare<[number, string, number, number, Buffer]>(
    'INSERT INTO series_chunks (run_id, series, first_step, count, float32) VALUES (?, ?, ?, ?, ?)',
  );
  const insertNorms = database.prepare<[number, number, number, number, Buffer]>(
    'INSERT INTO norm_chunks (run_id, stride, first_step, count, float32) VALUES (?, ?, ?, ?, ?)',
  );
  const insertSegment = database.prepare<[number, number, number, string]>(
    'INSERT INTO segments (run_id, first_step, count, sha256) VALUES (?, ?, ?, ?)',
  );
  const listSegments = database.prepare<[number], { first_step: number; count: number; sha256: string }>(
    'SELECT first_step, count, sha256 FROM segments WHERE run_id = ? ORDER BY first_step',
  );
  const hasSegment = database
    .prepare<[number, number], number>('SELECT 1 FROM segments WHERE run_id = ? AND first_step = ?')
    .pluck();

  const load = (runId: number, firstStep: number, count: number, layers: number) => {
    const last = firstStep + count - 1;
    return {
      series: STEP_SERIES.map((name) => ({ name, values: reader.series(runId, name, firstStep, last) })),
      norms: reader.norms(runId, firstStep, last, layers),
    };
  };

  const hashOf = (runId: number, firstStep: number, count: number, { series, norms }: ReturnType<typeof load>) => {
    const observed = OBSERVED_QUANTITIES.flatMap((quantity) =>
      Array.from(observations.rows(runId, quantity, firstStep, firstStep + count - 1), ({ values }) => values),
    );
    return hash([...series.map(({ values }) => values), norms, ...observed]);
  };

  const pack = (runId: number, firstStep: number, count: number, layers: number): void => {
    const rows = load(runId, firstStep, count, layers);
    const { series, norms } = rows;
    const last = firstStep + count - 1;
    deleteSeries.run(runId, firstStep, last);
    deleteNorms.run(runId, firstStep, last);
    for (const { name, values } of series) insertSeries.run(runId, name, firstStep, count, toBytes(values));
    for (let row = 0; row < count; row += NORM_CHUNK_STEPS) {
      const steps = Math.min(NORM_CHUNK_STEPS, count - row);
      insertNorms.run(runId, 1, firstStep + row, steps, toBytes(norms.subarray(row * layers, (row + steps) * layers)));
    }
    for (const stride of PEAK_STRIDES) {
      insertNorms.run(runId, stride, firstStep, Math.ceil(count / stride), toBytes(peaks(norms, layers, stride)));
    }
    insertSegment.run(runId, firstStep, count, hashOf(runId, firstStep, count, rows));
  };

  /** The stored maxima are what the raw norms give. */
  const hasPeaks = (runId: number, firstStep: number, norms: Float32Array): boolean => {
    const layers = reader.layerCount(runId);
    return PEAK_STRIDES.every((stride) => {
      const [stored] = reader.normChunks(runId, stride, firstStep, firstStep);
      return stored !== undefined && toBytes(stored.values).equals(toBytes(peaks(norms, layers, stride)));
    });
  };

  return {
    pack,
    packTail: (runId, lastStep, layers) => {
      if (lastStep === 0 || lastStep % SEGMENT_STEPS === 0) return;
      const firstStep = segmentStart(lastStep);
      if (hasSegment.get(runId, firstStep) === undefined) pack(runId, firstStep, lastStep - firstStep + 1, layers);
    },
    verify: (runId) => {
      const layers = reader.layerCount(runId);
      return listSegments
        .all(runId)
        .filter(({ first_step, count, sha256 }) => {
          const rows = load(runId, first_step, count, layers);
          return hashOf(runId, first_step, count, rows) !== sha256 || !hasPeaks(runId, first_step, rows.norms);
        })
        .map(({ first_step }) => first_step);
    },
  };
}

/** SHA-256, in hexadecimal, of the five series in the order of STEP_SERIES, the raw norms and what was observed, as stored. */
function hash(columns: readonly Float32Array[]): string {
  const sha256 = createHash('sha256');
  for (const column of columns) sha256.update(toBytes(column));
  return sha256.digest('hex');
}
