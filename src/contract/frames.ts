import * as v from 'valibot';
import { Observations, type FlowMap } from './flow.ts';
import { Measurement } from './measurement.ts';
import { Id } from './run.ts';

/** The per-step series that every run records, in the order of a frame's columns. */
export const STEP_SERIES = ['loss', 'accuracy', 'gradientNorm', 'learningRate', 'stepMs'] as const;
export const SeriesName = v.picklist(STEP_SERIES);
export type SeriesName = v.InferOutput<typeof SeriesName>;

const Float32 = v.instance(Float32Array<ArrayBufferLike>);
const Float64 = v.instance(Float64Array<ArrayBufferLike>);

/**
 * Consecutive steps of one attempt of a run, as the trainer sends them.
 * `series` is [count, STEP_SERIES.length] and `norms` is [count, layers], both row-major: one row per step.
 * NaN and infinities are kept as they are.
 */
export const StepFrame = v.strictObject({
  firstStep: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_536)),
  series: Float32,
  norms: Float32,
  /** Left out where none of the steps was observed. */
  observations: v.optional(Observations),
});
export type StepFrame = v.InferOutput<typeof StepFrame>;

/**
 * What a chart draws of one run's series between two steps: per bucket the first, lowest, highest and last point,
 * in step order, so that no peak is lost and the ends are always there. `exact` says that every point is present.
 */
export const CurvePoints = v.strictObject({
  runId: Id,
  steps: Float64,
  values: Float32,
  exact: v.boolean(),
});
export type CurvePoints = v.InferOutput<typeof CurvePoints>;

/** An update of a watched chart. `replace`: the runs given replace what was drawn of them. */
export const CurvePatch = v.strictObject({
  series: SeriesName,
  curves: v.array(CurvePoints),
});
export type CurvePatch = v.InferOutput<typeof CurvePatch>;

/** The gradient norms of a `FlowMap`; a column holds each layer's largest norm among its steps (NaN wins). */
export type NormMap = Omit<FlowMap, 'quantity'>;

/** All gradient norms of one step, in depth order. */
export const NormProfile = v.strictObject({
  runId: Id,
  step: v.number(),
  globalNorm: Measurement,
  layers: v.array(v.strictObject({ name: v.string(), norm: Measurement })),
});
export type NormProfile = v.InferOutput<typeof NormProfile>;
