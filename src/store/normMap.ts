import type { NormMap } from '../contract/frames.ts';
import { mergePeak, PEAK_STRIDES } from './chunks.ts';
import type { StepReader } from './stepReader.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads the largest norm of each layer per column of steps. Columns of ten steps or more are read from the stored
 * maxima and start on their grid (steps 1, 11, 21 ... or 1, 101, 201 ...), so that the first one may begin a little
 * before the range and the last one end a little after it.
 */
export function readNormMap(
  reader: StepReader,
  runId: number,
  range: Range | null,
  lastStep: number,
  columns: number,
): NormMap {
  const layers = reader.layerNames(runId);
  if (range === null || layers.length === 0)
    return { runId, layers, steps: new Float64Array(0), values: new Float32Array(0), lastStep };
  const grid = columnGrid(range, lastStep, columns);
  const values = new Float32Array(grid.count * layers.length).fill(-Infinity);
  const merge = (stride: number, first: number, last: number): void => {
    for (const chunk of reader.normChunks(runId, stride, first, last)) {
      for (let row = 0; row < chunk.count; row += 1) {
        const step = chunk.firstStep + row * stride;
        if (step < first || step > last) continue;
        const column = Math.floor((step - grid.first) / grid.width);
        mergePeak(values, column * layers.length, chunk.values, row * layers.length, layers.length);
      }
    }
  };
  const packedTo = reader.packedTo(runId);
  const packedLast = Math.min(packedTo, grid.last);
  if (grid.first <= packedLast) merge(grid.stride, grid.first, packedLast);
  if (packedTo < grid.last) merge(1, Math.max(grid.first, packedTo + 1), grid.last);
  const steps = Float64Array.from({ length: grid.count }, (_, column) => grid.first + column * grid.width);
  return { runId, layers, steps, values, lastStep: grid.last };
}

/** Chooses equal columns, `width` steps each, a multiple of the largest stored stride that is not wider. */
function columnGrid(range: Range, lastStep: number, columns: number) {
  const wanted = Math.ceil((range.last - range.first + 1) / columns);
  const stride = PEAK_STRIDES.findLast((candidate) => candidate <= wanted) ?? 1;
  const first = range.first - ((range.first - 1) % stride);
  const last = Math.min(lastStep, Math.ceil(range.last / stride) * stride);
  const steps = last - first + 1;
  const width = Math.ceil(Math.ceil(steps / columns) / stride) * stride;
  return { stride, first, last, width, count: Math.ceil(steps / width) };
}
