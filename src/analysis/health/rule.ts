import type { HealthFault, HealthRuleId } from '../../contract/health.ts';
import type { TrainingRecipe } from '../../contract/recipe.ts';
import type { RunRow } from '../../contract/run.ts';
import type { AdviceName } from './advice.ts';
import type { DepthFall } from './depthFall.ts';

/** What rules need to know of a run besides its steps. */
export interface HealthSubject {
  /** Parameter tensors in depth order: the columns of the norms. */
  readonly layers: readonly string[];
  /** ReLUs whose channels are observed, in depth order; none where the run observes nothing. */
  readonly relus: readonly string[];
  readonly network: RunRow['network'];
  readonly recipe: TrainingRecipe;
  readonly classes: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** One recorded step with finite numbers only. */
export interface HealthStep {
  readonly step: number;
  readonly loss: number;
  /** Of the step's own images, 0 to 1. */
  readonly accuracy: number;
  /** Of all gradients, before clipping. */
  readonly gradientNorm: number;
  /** [layers], before clipping. */
  readonly norms: Float32Array;
  /** Null where the network has too few convolutions, or no gradient reaches its last ones. */
  readonly fall: DepthFall | null;
}

/** A rule that held. */
export interface Sighting {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly holds: boolean;
  /** Position in `HealthSubject.layers`; null where it is about the whole network. */
  readonly layer: number | null;
  /** What is compared with the threshold, at the first step. */
  readonly measured: number;
  readonly sentence: string;
}

/** A recorded step with a loss or a norm that is not finite. */
export type BrokenStep = Omit<HealthStep, 'fall'>;

/** What was observed of the activations in one step. */
export interface ObservedStep {
  readonly step: number;
  /** [relus]: the share of channels that are 0 for the whole batch; NaN where the branch was dropped. */
  readonly deadShares: Float32Array;
}

/** How a run stands, in its own words. */
export type HealthOutcome = Pick<RunRow, 'state' | 'reason'>;

/** Looks at a run's steps in their order. */
export interface Observer {
  take(step: HealthStep): void;
  /** Steps that are not finite, for the one rule that is about them. */
  takeBroken?(step: BrokenStep): void;
  /** Activations, at the steps that are observed. */
  takeObserved?(step: ObservedStep): void;
  /** Null where the rule has not held yet. */
  sighting(outcome: HealthOutcome): Sighting | null;
  /** How near the run came to the threshold, in words. */
  nearest(): string;
}

/** One way for a run to be unwell, with a threshold and what that rests on. */
export interface HealthRule {
  readonly id: HealthRuleId;
  /** Null for what is worth a note and no fault. */
  readonly fault: HealthFault | null;
  readonly title: string;
  /** When it holds, threshold included. */
  readonly statement: string;
  /** The published or measured figure that the threshold rests on. */
  readonly reason: string;
  readonly advice: readonly AdviceName[];
  /** Steps before it can hold. */
  needs(subject: HealthSubject): number;
  observe(subject: HealthSubject): Observer;
}
