import type { HealthFinding, RunHealth } from '../../contract/health.ts';
import { adviceFor } from './advice.ts';
import { depthFalls } from './depthFall.ts';
import type { HealthOutcome, HealthSubject, ObservedStep } from './rule.ts';
import { HEALTH_RULES } from './rules.ts';
import { verdictOf } from './verdict.ts';

/** Consecutive recorded steps, one value a step; `norms` is [steps, layers]. */
export interface HealthSteps {
  readonly firstStep: number;
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  readonly gradientNorm: Float32Array;
  readonly norms: Float32Array;
  /** Those of the steps whose activations were observed, in order; left out where none was. */
  readonly observed?: readonly ObservedStep[];
}

export interface HealthJudge {
  /** The newest step that was taken; 0 before the first. */
  lastStep(): number;
  /** Takes the steps that follow the last one. */
  take(steps: HealthSteps): void;
  judge(outcome: HealthOutcome): Omit<RunHealth, 'runId'>;
}

/** Judges a run by all rules, step by step, so that a run that trains is judged as it goes. */
export function createHealthJudge(subject: HealthSubject): HealthJudge {
  const { layers } = subject;
  const fallOf = depthFalls(layers);
  const watches = HEALTH_RULES.map((rule) => ({ rule, observer: rule.observe(subject) }));
  let lastStep = 0;

  const takeStep = (row: number, { firstStep, loss, accuracy, gradientNorm, norms: all }: HealthSteps) => {
    const norms = all.subarray(row * layers.length, (row + 1) * layers.length);
    const step = {
      step: firstStep + row,
      loss: loss[row]!,
      accuracy: accuracy[row]!,
      gradientNorm: gradientNorm[row]!,
      norms,
    };
    const isFinite = Number.isFinite(step.loss) && Number.isFinite(step.gradientNorm) && norms.every(Number.isFinite);
    const whole = isFinite ? { ...step, fall: fallOf(norms) } : null;
    for (const { observer } of watches) {
      if (whole !== null) observer.take(whole);
      else observer.takeBroken?.(step);
    }
    lastStep = step.step;
  };

  return {
    lastStep: () => lastStep,
    take(steps) {
      if (steps.firstStep !== lastStep + 1) throw new Error(`Step ${lastStep + 1} is next, not ${steps.firstStep}`);
      for (let row = 0; row < steps.loss.length; row += 1) takeStep(row, steps);
      for (const observed of steps.observed ?? []) {
        for (const { observer } of watches) observer.takeObserved?.(observed);
      }
    },
    judge(outcome) {
      const findings = watches.flatMap(({ rule, observer }): HealthFinding[] => {
        const sighting = observer.sighting(outcome);
        if (sighting === null) return [];
        const { firstStep, lastStep: lastSeen, holds, layer, measured, sentence } = sighting;
        return [
          {
            rule: rule.id,
            fault: rule.fault,
            firstStep,
            lastStep: lastSeen,
            holds,
            layer: layer === null ? null : { position: layer, name: layers[layer]! },
            measured,
            sentence,
            advice: adviceFor(rule.advice, subject),
          },
        ];
      });
      const checks = watches.map(({ rule, observer }) => ({
        rule: rule.id,
        needs: rule.needs(subject),
        nearest: observer.nearest(),
      }));
      return { ...verdictOf(lastStep, findings, checks, layers.length > 0), lastStep, findings, checks };
    },
  };
}
