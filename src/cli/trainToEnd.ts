import { epochEvaluation } from '../analysis/epochEvaluation.ts';
import { networkName } from '../contract/network.ts';
import type { RunRow } from '../contract/run.ts';
import type { Application } from '../host/application.ts';
import { followRuns } from './follow.ts';
import { bytes, decimal, duration, percent } from './format.ts';
import { EXIT, print, printJson } from './output.ts';
import type { Progress } from './progress.ts';
import { progressLines } from './progressLine.ts';
import { onTrainingInterrupt } from './session.ts';

/**
 * Shows a run's progress until it has ended or is paused, then its results, and sets the exit code. Ctrl-C stops the run;
 * gives whether that happened.
 */
export async function trainToEnd(
  application: Application,
  id: number,
  isJson: boolean,
  progress: Progress,
): Promise<boolean> {
  const { api } = application;
  const interrupt = onTrainingInterrupt(application, progress, () => api['runs.stop']({ id }));
  const [ended] = await followRuns(api, { ids: [id], onChange: (row) => progress.show(progressLines([row])) });
  interrupt.dispose();
  const interrupted = interrupt.wasInterrupted();
  progress.end();
  if (isJson) printJson(resultOf(ended!));
  else print(summary(ended!));
  process.exitCode = exitCode(ended!, interrupted);
  return interrupted;
}

function exitCode(run: RunRow, interrupted: boolean): number {
  if (interrupted && run.state === 'stopped') return EXIT.interrupted;
  return ['finished', 'stopped', 'paused'].includes(run.state) ? EXIT.done : EXIT.failed;
}

function resultOf(run: RunRow): object {
  return {
    runId: run.id,
    name: run.name,
    status: run.state,
    ...(run.reason === '' ? {} : { reason: run.reason }),
    parameters: run.parameters,
    steps: run.lastStep,
    finalLoss: run.trainLoss,
    validationLoss: run.validationLoss,
    validationAccuracy: run.validationAccuracy,
    bestValidationAccuracy: run.bestValidationAccuracy,
    testLoss: run.testLoss,
    testAccuracy: run.testAccuracy,
    bestTestAccuracy: run.bestTestAccuracy,
    imagesPerSecond: run.imagesPerSecond,
    peakMemoryBytes: run.peakMemoryBytes,
    firstStepMs: run.firstStepMs,
    stepMs: run.stepMs,
    elapsedMs: run.elapsedMs,
  };
}

function summary(run: RunRow): string {
  const state = run.reason === '' ? run.state : `${run.state}: ${run.reason}`;
  return [
    `run ${run.id}  ${networkName(run.network)} on ${run.data}, ${run.parameters.toLocaleString('en')} parameters  ${state}`,
    `  ${run.lastStep} of ${run.totalSteps} steps in ${duration(run.elapsedMs)}, first step ${decimal(run.firstStepMs, 0)} ms, then ${decimal(run.stepMs, 1)} ms (median)`,
    `  ${decimal(run.imagesPerSecond, 0)} images/s, peak memory ${bytes(run.peakMemoryBytes)}`,
    `  training loss ${decimal(run.trainLoss)}, ${results(run)}`,
  ].join('\n');
}

function results(run: RunRow): string {
  const { title, accuracy, bestAccuracy } = epochEvaluation(run.recipe);
  const each = `${title.toLowerCase()} accuracy ${percent(run[accuracy])} (best ${percent(run[bestAccuracy])})`;
  return run.recipe.validationShare > 0
    ? `${each}, test accuracy ${percent(run.testAccuracy)} (once, at the end)`
    : `${each}; test images were looked at after every epoch`;
}
