import { decimate } from '../analysis/decimate.ts';
import { UserError } from '../contract/errors.ts';
import type { FlowMap, FlowProfile, LayerQuantity } from '../contract/flow.ts';
import type { CurvePoints, NormProfile, SeriesName, StepFrame } from '../contract/frames.ts';
import { type Context, read, runNotFound } from './context.ts';
import type { Events } from './events.ts';
import { createFlowReader } from './flow.ts';
import { readNormMap } from './normMap.ts';
import { createObservationRows } from './observations.ts';
import { createSegments, type Segments } from './segments.ts';
import { createStepReader, type StepReader } from './stepReader.ts';
import { createStepWriter } from './stepWriter.ts';
import { createSupersededSteps, type SupersededSteps } from './supersededSteps.ts';

export interface Steps {
  /**
   * Commits a frame: its series, its norms, the run's last step, newest loss and `elapsedMs`, in one transaction.
   * Accepts only the current attempt and `firstStep` = last step + 1. A frame that is wholly in the file already, bit
   * for bit, is confirmed again (`repeated`); everything else is refused with `conflict`.
   */
  append(runId: number, attempt: number, frame: StepFrame, elapsedMs: number): { lastStep: number; repeated: boolean };
  /** Layer names in depth order; empty before the run was ready. */
  layers(runId: number): string[];
  /** Raw values between two steps, both included; the whole run where they are left out. */
  readSeries(
    runId: number,
    series: SeriesName,
    fromStep?: number,
    toStep?: number,
  ): { firstStep: number; values: Float32Array };
  /** At most four points per pixel (`analysis/decimate.ts`). */
  readCurve(
    runId: number,
    series: SeriesName,
    range: { fromStep?: number | undefined; toStep?: number | undefined; pixels: number },
  ): CurvePoints;
  /** All norms of one step; the newest where none is named. `not-found` where the step is not in the file. */
  readNorms(runId: number, step?: number): NormProfile;
  /** Steps in full, for who reads a run from end to end in pieces; both are in the file. */
  readSteps(runId: number, fromStep: number, toStep: number): RecordedSteps;
  /** The newest step whose layers were observed, up to the one that is named; null where there is none. */
  newestObserved(runId: number, upTo?: number): number | null;
  /**
   * A quantity over a range of steps in at most `columns` columns; empty where the run does not observe it. Gradient norms are of
   * every step: each column, all of equal width, has the largest in it (NaN wins).
   */
  readFlowMap(
    runId: number,
    quantity: LayerQuantity,
    range: { fromStep?: number | undefined; toStep?: number | undefined; columns: number },
  ): FlowMap;
  /** Every quantity of the newest observed step up to the one that is named. `not-found` as `readNorms`. */
  readFlowProfile(runId: number, step?: number): FlowProfile;
  /** Recomputes every closed segment's SHA-256. Returns the first steps of segments that do not match. */
  verify(runId: number): number[];
}

/** Consecutive steps with all that was recorded of their losses and gradients; `norms` is [steps, layers]. */
export interface RecordedSteps {
  readonly firstStep: number;
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  readonly gradientNorm: Float32Array;
  readonly norms: Float32Array;
}

/** The per-step results, with what the end of a run needs to pack them. */
export interface PackedSteps extends Steps {
  readonly packTail: Segments['packTail'];
  readonly reader: StepReader;
  readonly superseded: SupersededSteps;
}

export function createSteps(context: Context, events: Events): PackedSteps {
  const reader = createStepReader(context);
  const observations = createObservationRows(context);
  const flow = createFlowReader(context, observations);
  const segments = createSegments(context, reader, observations);
  const superseded = createSupersededSteps(context, { reader, observations, events });
  const lastStepOf = context.database.prepare<[number], number>('SELECT last_step FROM runs WHERE id = ?').pluck();
  const lastStep = (runId: number): number => {
    const step = lastStepOf.get(runId);
    if (step === undefined) throw runNotFound(runId);
    return step;
  };
  /** Cuts a wanted range to what is stored; null where nothing is left. */
  const stored = (runId: number, fromStep: number | undefined, toStep: number | undefined) => {
    const first = Math.max(1, Math.ceil(fromStep ?? 1));
    const last = Math.min(lastStep(runId), Math.floor(toStep ?? Infinity));
    return first <= last ? { first, last } : null;
  };

  const readSeries: Steps['readSeries'] = (runId, series, fromStep, toStep) =>
    read(context, () => {
      const range = stored(runId, fromStep, toStep);
      if (range === null) return { firstStep: Math.max(1, Math.ceil(fromStep ?? 1)), values: new Float32Array(0) };
      return { firstStep: range.first, values: reader.series(runId, series, range.first, range.last) };
    });

  /** A step of the run, its newest where none is asked for. */
  const existing = (runId: number, step: number | undefined): number => {
    const last = lastStep(runId);
    const wanted = step ?? last;
    if (wanted >= 1 && wanted <= last && Number.isInteger(wanted)) return wanted;
    throw new UserError({
      code: 'not-found',
      message: last === 0 ? `Run ${runId} has no steps yet` : `Run ${runId} has no step ${wanted}`,
      where: `run ${runId}`,
      hint: last === 0 ? '' : `Its steps are 1 to ${last}.`,
    });
  };

  return {
    append: createStepWriter(context, { reader, observations, segments, superseded }),
    layers: reader.layerNames,
    readSeries,
    readCurve: (runId, series, { fromStep, toStep, pixels }) => {
      const { firstStep, values } = readSeries(runId, series, fromStep, toStep);
      return { runId, ...decimate(firstStep, values, pixels) };
    },
    readNorms: (runId, step) =>
      read(context, () => {
        const wanted = existing(runId, step);
        const names = reader.layerNames(runId);
        const norms = reader.norms(runId, wanted, wanted, names.length);
        const globalNorm = reader.series(runId, 'gradientNorm', wanted, wanted)[0]!;
        return { runId, step: wanted, globalNorm, layers: names.map((name, index) => ({ name, norm: norms[index]! })) };
      }),
    readSteps: (runId, fromStep, toStep) =>
      read(context, () => {
        const series = (name: SeriesName) => reader.series(runId, name, fromStep, toStep);
        return {
          firstStep: fromStep,
          loss: series('loss'),
          accuracy: series('accuracy'),
          gradientNorm: series('gradientNorm'),
          norms: reader.norms(runId, fromStep, toStep, reader.layerCount(runId)),
        };
      }),
    newestObserved: (runId, upTo = Infinity) => read(context, () => observations.newest(runId, upTo)),
    readFlowMap: (runId, quantity, { fromStep, toStep, columns }) =>
      read(context, () => {
        const range = stored(runId, fromStep, toStep);
        const last = lastStep(runId);
        return quantity === 'gradientNorm'
          ? { quantity, ...readNormMap(reader, runId, range, last, columns) }
          : flow.map(runId, quantity, range, last, columns);
      }),
    readFlowProfile: (runId, step) =>
      read(context, () => {
        const wanted = existing(runId, step);
        const observed = observations.newest(runId, wanted);
        const at = observed ?? wanted;
        const layers = reader.layerNames(runId);
        const gradientNorm = {
          quantity: 'gradientNorm' as const,
          layers,
          values: reader.norms(runId, at, at, layers.length),
        };
        const quantities = [gradientNorm, ...(observed === null ? [] : flow.profile(runId, observed))];
        return { runId, step: at, isObserved: observed !== null, quantities };
      }),
    verify: (runId) => read(context, () => segments.verify(runId)),
    packTail: segments.packTail,
    reader,
    superseded,
  };
}
