import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHealthJudge, type HealthJudge } from '../analysis/health/judge.ts';
import type { ObservedStep } from '../analysis/health/rule.ts';
import { HEALTH_RULES_VERSION } from '../analysis/health/rules.ts';
import { healthSubject } from '../analysis/health/subject.ts';
import type { RunHealth } from '../contract/health.ts';
import { isEnded } from '../contract/runState.ts';
import type { RecordedSteps } from '../store/steps.ts';
import type { Store } from '../store/store.ts';
import { createRecent } from './recent.ts';
import { troubleOf } from './storeTrouble.ts';

/** Norms that are read and judged in one turn of the event loop: some milliseconds. */
const VALUES_A_TURN = 200_000;
/** Runs whose judges are kept. A judge holds some kilobytes. */
const KEPT_RUNS = 1000;

export interface HealthReader {
  /**
   * A run's verdict over all of its steps. Steps that were judged before are not read again; the verdict on a run that has ended
   * is kept in the store. `not-found` where there is no such run.
   */
  read(runId: number): Promise<RunHealth>;
}

interface Reading {
  readonly judge: HealthJudge;
  /** The newest step that was judged. */
  last: RecordedSteps | null;
}

/** Judges runs by their steps in the store, in order and in small pieces, so that the host answers others meanwhile. */
export function createHealthReader(store: Store): HealthReader {
  const readings = createRecent<number, Reading>(KEPT_RUNS);

  const begin = (runId: number): Reading => ({
    judge: createHealthJudge(healthSubject(store.runs.get(runId), tensorsOf(store, runId))),
    last: null,
  });

  /** A run that went back to a checkpoint has other steps now, unless it trained the same ones again. */
  const isCurrent = (runId: number, { judge, last }: Reading): boolean => {
    if (last === null) return false;
    const step = judge.lastStep();
    return store.runs.get(runId).lastStep >= step && isSame(last, store.steps.readSteps(runId, step, step));
  };

  /** Where its reading goes on. */
  const readingOf = (runId: number): Reading => {
    const known = readings.get(runId);
    const reading = known && isCurrent(runId, known) ? known : begin(runId);
    readings.set(runId, reading);
    return reading;
  };

  /** A verdict that cannot be kept now is found again the next time. */
  const keep = (health: RunHealth) => {
    if (store.readOnly) return;
    try {
      store.verdicts.keep(health, HEALTH_RULES_VERSION);
      readings.delete(health.runId);
    } catch (error) {
      if (troubleOf(error, store) === null) throw error;
    }
  };

  return {
    async read(runId) {
      for (;;) {
        const kept = store.verdicts.find(runId, HEALTH_RULES_VERSION);
        if (kept !== null) return kept;
        const reading = readingOf(runId);
        const run = store.runs.get(runId);
        const from = reading.judge.lastStep() + 1;
        if (from > run.lastStep) {
          const health = { runId, ...reading.judge.judge(run) };
          if (isEnded(run.state)) keep(health);
          return health;
        }
        const layers = Math.max(1, store.steps.layers(runId).length);
        const to = Math.min(run.lastStep, from + Math.max(1, Math.floor(VALUES_A_TURN / layers)) - 1);
        const steps = store.steps.readSteps(runId, from, to);
        reading.judge.take({ ...steps, observed: observedIn(store, runId, from, to) });
        reading.last = lastOf(steps, layers);
        await nextTurn();
      }
    },
  };
}

/** What a run measures, in depth order. */
function tensorsOf(store: Store, runId: number) {
  return { layers: store.steps.layers(runId), relus: deadShares(store, runId, 1, 1).layers };
}

function deadShares(store: Store, runId: number, fromStep: number, toStep: number) {
  return store.steps.readFlowMap(runId, 'deadFraction', { fromStep, toStep, columns: toStep - fromStep + 1 });
}

/** The steps of a range whose activations were observed; the map begins with the newest one up to it. */
function observedIn(store: Store, runId: number, fromStep: number, toStep: number): ObservedStep[] {
  const { layers, steps, values } = deadShares(store, runId, fromStep, toStep);
  return Array.from(steps, (step, column) => ({
    step,
    deadShares: values.subarray(column * layers.length, (column + 1) * layers.length),
  })).filter(({ step }) => step >= fromStep);
}

function lastOf({ firstStep, loss, accuracy, gradientNorm, norms }: RecordedSteps, layers: number): RecordedSteps {
  return {
    firstStep: firstStep + loss.length - 1,
    loss: loss.slice(-1),
    accuracy: accuracy.slice(-1),
    gradientNorm: gradientNorm.slice(-1),
    norms: norms.slice(-layers),
  };
}

function isSame(one: RecordedSteps, other: RecordedSteps): boolean {
  const values = ({ loss, accuracy, gradientNorm, norms }: RecordedSteps) => [loss, accuracy, gradientNorm, norms];
  return values(one).every((column, index) =>
    column.every((value, row) => Object.is(value, values(other)[index]![row])),
  );
}
