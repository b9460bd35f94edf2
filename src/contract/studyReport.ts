import * as v from 'valibot';
import { SeriesComparison } from './reference.ts';
import { Id } from './run.ts';
import { SeriesId } from './series.ts';
import { StudyRecord, StudyTable, TableMetric } from './study.ts';

const Interval = v.strictObject({ low: v.number(), high: v.number() });

/** Bootstrap intervals of a mean; `isExact`: over all n^n resamples (n <= 6), not over 10,000 drawn ones. */
export const BootstrapIntervals = v.strictObject({
  percentile: Interval,
  /** Bias-corrected and accelerated. */
  bca: Interval,
  isExact: v.boolean(),
});
export type BootstrapIntervals = v.InferOutput<typeof BootstrapIntervals>;

/** What a report adds to a cell of the table. */
export const CellStatistics = v.strictObject({
  series: SeriesId,
  depth: v.number(),
  /** Null for fewer than two values and for equal ones. */
  bootstrap: v.nullable(BootstrapIntervals),
});
export type CellStatistics = v.InferOutput<typeof CellStatistics>;

/** What a report adds to a paired difference. */
export const DifferenceStatistics = v.strictObject({
  series: SeriesId,
  depth: v.number(),
  bootstrap: v.nullable(BootstrapIntervals),
  /** The paired t test of the differences; null without a spread. */
  test: v.nullable(v.strictObject({ t: v.number(), degrees: v.number(), p: v.number() })),
  /** Holm's adjustment of `p` for all depths and comparisons that are tested; null where there is no test. */
  adjustedP: v.nullable(v.number()),
});
export type DifferenceStatistics = v.InferOutput<typeof DifferenceStatistics>;

/**
 * A line through the runs of one series over ln(depth): value = intercept + slope ln(depth), in the unit in which the metric
 * is shown; with `isPowerLaw` the value's logarithm instead, so that value = exp(intercept) depth^slope.
 */
export const DepthFit = v.strictObject({
  series: SeriesId,
  isPowerLaw: v.boolean(),
  /** Runs, and the depths that they have. */
  n: v.number(),
  depths: v.array(v.number()),
  intercept: v.number(),
  slope: v.number(),
  /** 95 %, Student. */
  slopeInterval: Interval,
  p: v.number(),
  rSquared: v.number(),
  residualStd: v.number(),
  /** The line and the 95 % interval of the mean along it, in the unit of the metric. */
  line: v.array(v.strictObject({ depth: v.number(), value: v.number(), low: v.number(), high: v.number() })),
  sentence: v.string(),
});
export type DepthFit = v.InferOutput<typeof DepthFit>;

/** What a series took at a depth: mean over the finished runs, as in a cell of the table. */
export const CellResources = v.strictObject({
  series: SeriesId,
  depth: v.number(),
  n: v.number(),
  parameters: v.nullable(v.number()),
  figures: v.array(
    v.strictObject({
      metric: TableMetric,
      n: v.number(),
      mean: v.nullable(v.number()),
      std: v.nullable(v.number()),
      interval: v.nullable(Interval),
    }),
  ),
});
export type CellResources = v.InferOutput<typeof CellResources>;

/** Everything that is said of a study for one metric, with all numbers behind. */
export const StudyReport = v.strictObject({
  studyId: Id,
  name: v.string(),
  request: StudyRecord,
  createdAt: v.number(),
  /** What trains the same study from a shell: it, and then each further series. */
  commands: v.array(v.string()),
  metric: TableMetric,
  table: StudyTable,
  /** In the order of the table's cells and differences. */
  cells: v.array(CellStatistics),
  differences: v.array(DifferenceStatistics),
  /** What all tests together allow to be said. */
  testsSentence: v.string(),
  fits: v.array(DepthFit),
  /** Why a series has no fit, a sentence each. */
  withoutFit: v.array(v.string()),
  /** The data set as the references call it. */
  referenceData: v.string(),
  published: v.array(SeriesComparison),
  resources: v.array(CellResources),
  /** What the runs were trained on; several values where they differ. */
  environment: v.array(v.strictObject({ name: v.string(), values: v.array(v.string()) })),
  /** Of the application that computed the report. */
  applicationVersion: v.string(),
});
export type StudyReport = v.InferOutput<typeof StudyReport>;
