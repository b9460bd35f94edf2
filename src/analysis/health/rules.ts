import { clipped } from './clipped.ts';
import { deadChannels } from './deadChannels.ts';
import { deadLayers } from './deadLayers.ts';
import { explodingOverDepth } from './explodingOverDepth.ts';
import { explodingOverTime } from './explodingOverTime.ts';
import { notFinite } from './notFinite.ts';
import type { HealthRule } from './rule.ts';
import { stalled } from './stalled.ts';
import { vanishing } from './vanishing.ts';

/**
 * To be raised with every change of a rule, a threshold, an advice or a sentence: a verdict by the rules of another version is not
 * shown, and the run is judged again.
 */
export const HEALTH_RULES_VERSION = 1;

/** What every run is judged by, the worst first; a note comes last. */
export const HEALTH_RULES: readonly HealthRule[] = [
  notFinite,
  explodingOverTime,
  explodingOverDepth,
  deadLayers,
  deadChannels,
  vanishing,
  stalled,
  clipped,
];
