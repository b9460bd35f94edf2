import * as v from 'valibot';
import { Measurement } from './measurement.ts';
import { Id } from './run.ts';

/** The rules that a run's series are judged by, the worst first (`analysis/health/rules.ts` has their texts and thresholds). */
export const HealthRuleId = v.picklist([
  'not-finite',
  'exploding-over-time',
  'exploding-over-depth',
  'dead-layers',
  'dead-channels',
  'vanishing',
  'stalled',
  'clipped',
]);
export type HealthRuleId = v.InferOutput<typeof HealthRuleId>;

/** What is wrong while a rule holds. */
export const HealthFault = v.picklist(['diverged', 'exploding', 'dead', 'vanishing', 'stalled']);
export type HealthFault = v.InferOutput<typeof HealthFault>;

/**
 * The worst fault that holds at the newest step. `recovered`: none holds any more. `healthy`: none ever held. `unknown`: a
 * rule could not have held yet.
 */
export const HealthVerdict = v.picklist([...HealthFault.options, 'recovered', 'healthy', 'unknown']);
export type HealthVerdict = v.InferOutput<typeof HealthVerdict>;

/** A rule that held at some time. */
export const HealthFinding = v.strictObject({
  rule: HealthRuleId,
  /** Null for a rule that only notes something. */
  fault: v.nullable(HealthFault),
  /** The first step at which it held, and the last one. */
  firstStep: v.number(),
  lastStep: v.number(),
  /** Whether it holds at the newest step. */
  holds: v.boolean(),
  /** A parameter tensor, its place in depth order counted from 0; null for a rule about the whole network. */
  layer: v.nullable(v.strictObject({ position: v.number(), name: v.string() })),
  /** What the rule compares with its threshold, at its first step. */
  measured: Measurement,
  /** What was measured, where and when; it names no cause. */
  sentence: v.string(),
  /** Settings that are worth a try, with the names that the command line and the form have for them. */
  advice: v.array(v.string()),
});
export type HealthFinding = v.InferOutput<typeof HealthFinding>;

/** A rule that was looked at, and how near a run came to its threshold. */
export const HealthCheck = v.strictObject({
  rule: HealthRuleId,
  /** Steps that the rule needs before it can hold. */
  needs: v.number(),
  nearest: v.string(),
});
export type HealthCheck = v.InferOutput<typeof HealthCheck>;

/** A run's verdict over its steps 1 to `lastStep`: all findings and all checks, the worst rule first. */
export const RunHealth = v.strictObject({
  runId: Id,
  verdict: HealthVerdict,
  sentence: v.string(),
  /** The newest step that was judged; less than the run's own while a long history is being read. */
  lastStep: v.number(),
  findings: v.array(HealthFinding),
  checks: v.array(HealthCheck),
});
export type RunHealth = v.InferOutput<typeof RunHealth>;
