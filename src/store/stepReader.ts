import type { SeriesName } from '../contract/frames.ts';
import { segmentStart, toFloats } from './chunks.ts';
import type { Context } from './context.ts';
import { damaged } from './failures.ts';

interface ChunkRow {
  first_step: number;
  count: number;
  float32: Buffer;
}

export interface NormRows {
  readonly firstStep: number;
  readonly stride: number;
  readonly count: number;
  /** [count, layers]. */
  readonly values: Float32Array;
}

/** Reads chunks, packed or still live; both have the same form. Ranges must lie within the stored steps. */
export interface StepReader {
  /** One series from `firstStep` to `lastStep`, both included. */
  series(runId: number, series: SeriesName, firstStep: number, lastStep: number): Float32Array;
  /** Raw norms of the range, [steps, layers]. */
  norms(runId: number, firstStep: number, lastStep: number, layers: number): Float32Array;
  /** The chunks of one stride that touch the range, in step order. */
  normChunks(runId: number, stride: number, firstStep: number, lastStep: number): Iterable<NormRows>;
  /** The last step that lies in a packed segment; 0 where there is none. */
  packedTo(runId: number): number;
  layerNames(runId: number): string[];
  /** Number of layers; kept in memory once a run has some, because they never change. */
  layerCount(runId: number): number;
}

export function createStepReader({ database, file }: Context): StepReader {
  const seriesRows = database.prepare<[number, string, number, number], ChunkRow>(
    `SELECT first_step, count, float32 FROM series_chunks
     WHERE run_id = ? AND series = ? AND first_step BETWEEN ? AND ? ORDER BY first_step`,
  );
  const normRows = database.prepare<[number, number, number, number, number], ChunkRow>(
    `SELECT first_step, count, float32 FROM norm_chunks
     WHERE run_id = ? AND stride = ? AND first_step BETWEEN ? AND ? AND first_step + count * stride > ?
     ORDER BY first_step`,
  );
  const packed = database
    .prepare<[number], number>('SELECT coalesce(max(first_step + count - 1), 0) FROM segments WHERE run_id = ?')
    .pluck();
  const names = database
    .prepare<[number], string>('SELECT name FROM layers WHERE run_id = ? ORDER BY position')
    .pluck();
  const countLayers = database.prepare<[number], number>('SELECT count(*) FROM layers WHERE run_id = ?').pluck();
  const layerCounts = new Map<number, number>();

  function* normChunks(runId: number, stride: number, firstStep: number, lastStep: number): Generator<NormRows> {
    for (const row of normRows.iterate(runId, stride, segmentStart(firstStep), lastStep, firstStep)) {
      yield { firstStep: row.first_step, stride, count: row.count, values: toFloats(row.float32) };
    }
  }

  return {
    normChunks,
    series: (runId, series, firstStep, lastStep) => {
      const values = new Float32Array(lastStep - firstStep + 1);
      let next = firstStep;
      for (const row of seriesRows.iterate(runId, series, segmentStart(firstStep), lastStep)) {
        const chunk = toFloats(row.float32);
        const from = Math.max(firstStep, row.first_step);
        const to = Math.min(lastStep + 1, row.first_step + row.count);
        if (from >= to) continue;
        if (from !== next) throw damaged(file, `run ${runId} lacks ${series} at step ${next}`);
        values.set(chunk.subarray(from - row.first_step, to - row.first_step), from - firstStep);
        next = to;
      }
      if (next !== lastStep + 1) throw damaged(file, `run ${runId} lacks ${series} at step ${next}`);
      return values;
    },
    norms: (runId, firstStep, lastStep, layers) => {
      // A run whose layers are not named keeps no norms: those of a copy without them.
      if (layers === 0) return new Float32Array(0);
      const values = new Float32Array((lastStep - firstStep + 1) * layers);
      let next = firstStep;
      for (const chunk of normChunks(runId, 1, firstStep, lastStep)) {
        const from = Math.max(firstStep, chunk.firstStep);
        const to = Math.min(lastStep + 1, chunk.firstStep + chunk.count);
        if (from !== next || chunk.values.length !== chunk.count * layers) {
          throw damaged(file, `run ${runId} lacks gradient norms at step ${next}`);
        }
        const rows = chunk.values.subarray((from - chunk.firstStep) * layers, (to - chunk.firstStep) * layers);
        values.set(rows, (from - firstStep) * layers);
        next = to;
      }
      if (next !== lastStep + 1) throw damaged(file, `run ${runId} lacks gradient norms at step ${next}`);
      return values;
    },
    packedTo: (runId) => packed.get(runId) ?? 0,
    layerNames: (runId) => names.all(runId),
    layerCount: (runId) => {
      const known = layerCounts.get(runId);
      if (known !== undefined) return known;
      const count = countLayers.get(runId) ?? 0;
      if (count > 0) layerCounts.set(runId, count);
      return count;
    },
  };
}
