import { UserError } from '../contract/errors.ts';
import type { Observations } from '../contract/flow.ts';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { pieces, SEGMENT_STEPS, toBytes } from './chunks.ts';
import { type Context, write } from './context.ts';
import { requireAttempt } from './fence.ts';
import type { ObservationRows } from './observations.ts';
import type { Segments } from './segments.ts';
import { toColumns } from './special.ts';
import type { StepReader } from './stepReader.ts';
import type { SupersededSteps } from './supersededSteps.ts';

interface Parts {
  readonly reader: StepReader;
  readonly observations: ObservationRows;
  readonly segments: Segments;
  readonly superseded: SupersededSteps;
}

/** Appends frames under the exactly-once rules: current attempt, next step; the same steps again must be the same bits. */
export function createStepWriter(context: Context, { reader, observations, segments, superseded }: Parts) {
  const { database } = context;
  const fence = requireAttempt(context);
  const insertSeries = database.prepare<[number, string, number, number, Buffer]>(
    'INSERT INTO series_chunks (run_id, series, first_step, count, float32) VALUES (?, ?, ?, ?, ?)',
  );
  const insertNorms = database.prepare<[number, number, number, Buffer]>(
    'INSERT INTO norm_chunks (run_id, stride, first_step, count, float32) VALUES (?, 1, ?, ?, ?)',
  );
  const advance = database.prepare<[number, number, number | null, string | null, number]>(
    'UPDATE runs SET last_step = ?, elapsed_ms = ?, train_loss = ?, train_loss_special = ? WHERE id = ?',
  );

  const insert = (runId: number, frame: StepFrame, layers: number): void => {
    const columns = columnsOf(frame);
    // Before a segment is packed: its hash is over what was observed too.
    if (frame.observations) observations.insert(runId, frame.observations);
    for (const { firstStep, count } of pieces(frame.firstStep, frame.count)) {
      const from = firstStep - frame.firstStep;
      for (const [index, name] of STEP_SERIES.entries()) {
        insertSeries.run(runId, name, firstStep, count, toBytes(columns[index]!.subarray(from, from + count)));
      }
      const norms = frame.norms.subarray(from * layers, (from + count) * layers);
      insertNorms.run(runId, firstStep, count, toBytes(norms));
      const last = firstStep + count - 1;
      if (last % SEGMENT_STEPS === 0) segments.pack(runId, last - SEGMENT_STEPS + 1, SEGMENT_STEPS, layers);
    }
  };

  const isStored = (runId: number, frame: StepFrame, layers: number): boolean => {
    const last = frame.firstStep + frame.count - 1;
    const columns = columnsOf(frame);
    const same = (stored: Float32Array, sent: Float32Array) => toBytes(stored).equals(toBytes(sent));
    return (
      STEP_SERIES.every((name, index) => same(reader.series(runId, name, frame.firstStep, last), columns[index]!)) &&
      same(reader.norms(runId, frame.firstStep, last, layers), frame.norms) &&
      (frame.observations === undefined || observations.has(runId, frame.observations))
    );
  };

  return (runId: number, attempt: number, frame: StepFrame, elapsedMs: number) =>
    write(context, () => {
      const lastStep = fence(runId, attempt);
      const layers = reader.layerCount(runId);
      requireShape(runId, frame, layers);
      if (frame.observations) requireObservations(runId, frame, frame.observations, observations.width(runId));
      const last = frame.firstStep + frame.count - 1;
      if (last <= lastStep) {
        if (isStored(runId, frame, layers)) return { lastStep, repeated: true };
        throw refused(runId, `Steps ${frame.firstStep} to ${last} are in the file with other values`);
      }
      if (frame.firstStep !== lastStep + 1) {
        throw refused(runId, `Step ${frame.firstStep} does not follow step ${lastStep}`);
      }
      insert(runId, frame, layers);
      const loss = toColumns(frame.series[(frame.count - 1) * STEP_SERIES.length + STEP_SERIES.indexOf('loss')]!);
      advance.run(last, elapsedMs, loss.number, loss.special, runId);
      superseded.compare(runId, frame);
      return { lastStep: last, repeated: false };
    });
}

/** From [count, series] to one array per series. */
function columnsOf(frame: StepFrame): Float32Array[] {
  const width = STEP_SERIES.length;
  return STEP_SERIES.map((_, series) =>
    Float32Array.from({ length: frame.count }, (_unused, row) => frame.series[row * width + series]!),
  );
}

function requireShape(runId: number, frame: StepFrame, layers: number): void {
  if (layers === 0) throw refused(runId, 'Steps came before the names of the layers');
  if (frame.series.length !== frame.count * STEP_SERIES.length || frame.norms.length !== frame.count * layers) {
    throw refused(
      runId,
      `A frame of ${frame.count} steps and ${layers} layers holds ${frame.series.length} values and ${frame.norms.length} norms`,
    );
  }
}

function requireObservations(
  runId: number,
  { firstStep, count }: StepFrame,
  { steps, values }: Observations,
  width: number,
): void {
  const areInside = steps.every((step) => Number.isInteger(step) && step >= firstStep && step < firstStep + count);
  const ascend = steps.every((step, index) => index === 0 || step > steps[index - 1]!);
  if (areInside && ascend && values.length === steps.length * width) return;
  throw refused(
    runId,
    `A frame of steps ${firstStep} to ${firstStep + count - 1} holds ${values.length} observed values of steps ` +
      `${steps.join(', ')}; an observation of this run has ${width}`,
  );
}

function refused(runId: number, message: string): UserError {
  return new UserError({ code: 'conflict', message, where: `run ${runId}` });
}
