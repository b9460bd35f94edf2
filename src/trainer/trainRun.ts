import { setImmediate as nextTurn } from 'node:timers/promises';
import { STEP_METRICS } from '../engine/program.ts';
import { createCheckpoints } from './checkpoint/checkpoints.ts';
import type { Control } from './control.ts';
import { findDivergence } from './divergence.ts';
import { describeEnvironment } from './environment.ts';
import { createEpochAverage } from './epochAverage.ts';
import { evaluateTestSet } from './evaluate.ts';
import { isOrphan } from './orphan.ts';
import { peakMemoryBytes } from './peakMemory.ts';
import type { PreparedRun } from './prepareRun.ts';
import { createRecorder } from './recorder.ts';
import type { Reporter } from './report.ts';
import { createSpeed } from './speed.ts';

/** The trainer waits where it is this many steps ahead of the store: nothing is ever dropped. */
export const MAX_STEPS_AHEAD = 1024;

const LOSS = STEP_METRICS.indexOf('loss');
const CORRECT = STEP_METRICS.indexOf('correct');
const now = () => performance.now();

/**
 * Trains a prepared run to its end and reports everything on the way. A step blocks the thread; between two of them the
 * event loop has one turn, in which messages and signals arrive, and the loop asks what they were.
 * Returns without an end reported where the parent process is gone.
 */
export async function trainRun(run: PreparedRun, control: Control, report: Reporter): Promise<void> {
  const { start, session, program, batches, dataSet, stepsPerEpoch, totalSteps } = run;
  const { parameters, parameterCount } = program;
  const startedAt = now();
  const elapsedMs = () => now() - startedAt;
  const average = createEpochAverage();
  const speed = createSpeed();
  const checkpoints = createCheckpoints(run, report, now);
  const recorder = createRecorder({
    layers: parameters.length,
    firstStep: 1,
    now,
    send: (frame) => report({ type: 'steps', frame, elapsedMs: elapsedMs() }),
  });
  const end = (outcome: 'finished' | 'stopped' | 'diverged', reason: string, step: number) => {
    recorder.flush();
    // The weights of a run that diverged are worth nothing; its last checkpoint before that stays.
    if (outcome !== 'diverged') checkpoints.atEnd(step);
    const measured = { elapsedMs: elapsedMs(), ...speed.summary(), peakMemoryBytes: peakMemoryBytes() };
    report({ type: 'ended', outcome, reason, step, ...measured });
  };

  const layers = parameters.map(({ name }) => name);
  const environment = describeEnvironment(session);
  report({ type: 'ready', layers, parameters: parameterCount, totalSteps, stepsPerEpoch, environment });

  let lapStart = now();
  for (let step = 1; step <= totalSteps; step++) {
    await nextTurn();
    while (step - control.committedStep() > MAX_STEPS_AHEAD && control.stopReason() === null) {
      recorder.flush();
      await control.changed();
    }
    const stopReason = control.stopReason();
    if (stopReason !== null) return end('stopped', stopReason, step - 1);
    if (isOrphan()) return;

    const stepStart = now();
    const batch = batches.at(step);
    const learningRate = run.learningRate(step);
    const metrics = session.step(batch, learningRate);
    const stepMs = now() - stepStart;

    recorder.record(metrics, batch.count, stepMs);
    average.add(metrics[LOSS]!, metrics[CORRECT]!, batch.count);
    speed.add(stepMs, now() - lapStart, batch.count);
    const divergence = findDivergence(metrics, step, parameters);
    if (divergence !== null) return end('diverged', divergence, step);

    if (step % stepsPerEpoch === 0 || step === totalSteps) {
      recorder.flush();
      const shouldStop = () => control.stopReason() !== null || isOrphan();
      const test = await evaluateTestSet(session, dataSet, start.recipe.batchSize, shouldStop);
      if (test) {
        const epoch = Math.ceil(step / stepsPerEpoch);
        const tested = { testLoss: test.loss, testAccuracy: test.accuracy };
        const result = { epoch, step, ...average.take(), ...tested, learningRate, elapsedMs: elapsedMs() };
        report({ type: 'epoch', result });
        checkpoints.atEpochEnd(step);
      } else if (step === totalSteps) {
        return end('stopped', control.stopReason() ?? '', step);
      }
    }
    lapStart = now();
  }
  end('finished', '', totalSteps);
}
