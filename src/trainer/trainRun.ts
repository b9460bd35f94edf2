import { setImmediate as nextTurn } from 'node:timers/promises';
import { STEP_METRICS } from '../engine/program.ts';
import type { Books, Ending } from './books.ts';
import { createCheckpoints } from './checkpoint/checkpoints.ts';
import { createClock } from './clock.ts';
import type { Control } from './control.ts';
import { describeDivergence, hasDiverged } from './divergence.ts';
import { describeEnvironment } from './environment.ts';
import { NOTHING_SEEN } from './epochAverage.ts';
import { endEpoch } from './epochEnd.ts';
import { evaluateTest } from './evaluate.ts';
import { isOrphan } from './orphan.ts';
import { peakMemoryBytes } from './peakMemory.ts';
import type { PreparedRun } from './prepareRun.ts';
import { createProgress, NO_PROGRESS } from './progress.ts';
import { createRecorder, type RecordedStep } from './recorder.ts';
import type { Reporter } from './report.ts';
import { rest } from './rest.ts';
import { createRollbacks } from './rollbacks.ts';
import type { Batch } from './session.ts';
import { settleSaves } from './settleSaves.ts';
import { createSpeed } from './speed.ts';

/** The trainer waits where it is this many steps ahead of the store: nothing is ever dropped. */
export const MAX_STEPS_AHEAD = 1024;

const LOSS = STEP_METRICS.indexOf('loss');
const CORRECT = STEP_METRICS.indexOf('correct');
const now = () => performance.now();

/**
 * Trains a prepared run to its end and reports everything on the way; every step made is reported, whatever is thrown.
 * Returns without an end reported where the parent process is gone.
 */
export async function trainRun(run: PreparedRun, control: Control, report: Reporter): Promise<void> {
  const { session, program, stepsPerEpoch, totalSteps, resumed } = run;
  const clock = createClock(run.start.resume?.elapsedMs ?? 0);
  const { elapsedMs } = clock;
  const speed = createSpeed();
  const progress = createProgress(resumed?.progress ?? NO_PROGRESS);
  const checkpoints = createCheckpoints(run, progress, report, now);
  const recorder = createRecorder({
    layers: program.parameters.length,
    firstStep: (resumed?.step ?? 0) + 1,
    now,
    send: (frame) => report({ type: 'steps', frame, elapsedMs: elapsedMs() }),
  });
  report({
    type: 'ready',
    layers: program.parameters.map(({ name }) => name),
    ...(program.observedLayers && { observedLayers: program.observedLayers }),
    parameters: program.parameterCount,
    totalSteps,
    stepsPerEpoch,
    environment: describeEnvironment(session),
  });
  if (resumed) report({ type: 'resumed', step: resumed.step, text: resumed.text });
  try {
    const books = { clock, speed, progress, checkpoints, recorder };
    const ending = await trainSteps(run, control, report, books);
    if (!ending) return;
    recorder.flush();
    // What led to a divergence is worth nothing; the last checkpoint before that stays.
    if (ending.outcome !== 'diverged') checkpoints.atEnd(ending.step);
    await settleSaves('saved', ending.step, control, report, books);
    const end = await testAtEnd(run, control, report, ending);
    if (!end) return;
    const peak = { peakMemoryBytes: peakMemoryBytes() };
    report({ type: 'ended', ...end, elapsedMs: elapsedMs(), ...speed.summary(), ...peak });
  } finally {
    recorder.flush();
    await checkpoints.close();
  }
}

/**
 * The loop. A step blocks the thread; between two of them the event loop has one turn, in which messages and signals
 * arrive, and the loop asks what they were. Null where the parent process is gone.
 */
async function trainSteps(run: PreparedRun, control: Control, report: Reporter, books: Books): Promise<Ending | null> {
  const { program, batches, stepsPerEpoch, totalSteps, resumed } = run;
  const { speed, progress, checkpoints, recorder } = books;
  const { average } = progress;
  const rollbacks = createRollbacks(run, checkpoints, progress);
  const isEpochEnd = (step: number) => step > 0 && (step % stepsPerEpoch === 0 || step === totalSteps);
  const rateOf = (step: number) => run.rates.at(step) * rollbacks.rateFactor();
  let lapStart = now();

  // It was stopped after an epoch's last step and before its evaluation.
  if (resumed && isEpochEnd(resumed.step) && average.sums().images > 0) {
    const ending = await endEpoch(resumed.step, rateOf(resumed.step), run, control, report, books);
    if (ending !== 'goesOn') return ending;
  }
  for (let step = (resumed?.step ?? 0) + 1; step <= totalSteps; step++) {
    await nextTurn();
    while (step - control.committedStep() > MAX_STEPS_AHEAD && control.stopReason() === null) {
      recorder.flush();
      await control.changed();
    }
    if (checkpoints.trouble() !== null) {
      await settleSaves('space', step - 1, control, report, books);
      lapStart = now();
    }
    if (control.pauseWay() !== null) {
      const rested = await rest(step - 1, control, report, books);
      if (rested !== null) return rested;
      lapStart = now();
    }
    const stopReason = control.stopReason();
    if (stopReason !== null) return { outcome: 'stopped', reason: stopReason, step: step - 1 };
    if (isOrphan()) return null;
    const askedRate = control.takeLearningRate();
    if (askedRate !== null) {
      recorder.flush();
      report({ type: 'rateChanged', ...run.rates.change(step, askedRate) });
    }

    const stepStart = now();
    const batch = await batches.at(step);
    const learningRate = rateOf(step);
    const made = makeStep(run, step, batch, learningRate);
    const { metrics } = made;
    const stepMs = now() - stepStart;

    recorder.record(made, batch.count, stepMs);
    average.add(metrics[LOSS]!, metrics[CORRECT]!, batch.count);
    speed.add(stepMs, now() - lapStart, batch.count);
    if (hasDiverged(metrics)) {
      const reason = describeDivergence(metrics, step, program.parameters, run.firstBrokenLayer(batch));
      const back = await rollbacks.goBack(reason);
      if (!back) return { outcome: 'diverged', reason, step };
      recorder.goBack(back.step + 1);
      report({ type: 'wentBack', ...back });
      // Checkpoints to go back to are of an epoch's end.
      average.restore(NOTHING_SEEN);
      step = back.step;
      lapStart = now();
      continue;
    }

    if (isEpochEnd(step)) {
      recorder.flush();
      const ending = await endEpoch(step, learningRate, run, control, report, books);
      if (ending !== 'goesOn') return ending;
    }
    lapStart = now();
  }
  return { outcome: 'finished', reason: '', step: totalSteps };
}

/** One training step, observed where its turn is. */
function makeStep(
  { session, isObserved, drops }: PreparedRun,
  step: number,
  batch: Batch,
  learningRate: number,
): RecordedStep {
  const drawn = drops(step, batch.count);
  return isObserved(step)
    ? session.observedStep(batch, learningRate, drawn)
    : { metrics: session.step(batch, learningRate, drawn), observation: null };
}

/**
 * The one evaluation on the test images of a run with held-out images. A run that was asked to end before it was done has
 * stopped; null where the parent process is gone.
 */
async function testAtEnd(run: PreparedRun, control: Control, report: Reporter, ending: Ending): Promise<Ending | null> {
  const isDue = run.heldOut !== null && ending.step > 0 && ['finished', 'stopped'].includes(ending.outcome);
  if (!isDue) return ending;
  const test = await evaluateTest(run, () => isOrphan() || !control.mayTest());
  if (test) {
    report({ type: 'tested', result: { step: ending.step, ...test } });
    return ending;
  }
  const reason = control.stopReason();
  return reason === null ? null : { ...ending, outcome: 'stopped', reason };
}
