import type { Command } from 'commander';
import { epochEvaluation } from '../../analysis/epochEvaluation.ts';
import { networkName } from '../../contract/network.ts';
import type { RunRow } from '../../contract/run.ts';
import { dataNamed } from '../addData.ts';
import { followRuns } from '../follow.ts';
import { bytes, decimal, duration, percent, progressLine } from '../format.ts';
import { onInterrupt } from '../interrupt.ts';
import { addNamedNetworkOptions, requestedNetwork } from '../networkOptions.ts';
import { EXIT, print, printJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { addRecipeOptions, recipeFrom } from '../recipeOptions.ts';
import { addCommonOptions, finish, open, type CommonOptions } from '../session.ts';

interface TrainOptions extends CommonOptions {
  readonly data: string;
  readonly name?: string;
}

const EXAMPLES = `
Examples:
  depthlab train --arch resnet_v2_20 --data digits --epochs 5
  depthlab train --arch resnet_v2_110 --preset he2016-cifar --max-steps 20000
  depthlab train --arch resnet_v1_110 --shortcut constant-scaling
  depthlab train --config examples/mixed.yaml
  depthlab train --arch resnet_v2_1001 --preset ultra-deep --batch-size 8 --max-steps 5 --json

Ctrl-C writes a checkpoint, ends the run as "stopped" and exits with 130; a second Ctrl-C ends at once.`;

export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('train one network and record every step')
    .option('--data <name>', 'data set by its name, or a file or folder to make one of', 'digits')
    .option('--name <text>', 'name of the run')
    .addHelpText('after', EXAMPLES)
    .action((options: TrainOptions) => train(options, command));
  addCommonOptions(addRecipeOptions(addNamedNetworkOptions(command)));
}

async function train(options: TrainOptions, command: Command): Promise<void> {
  const network = requestedNetwork(command);
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    const { api } = application;
    const name = options.name === undefined ? {} : { name: options.name };
    const data = await dataNamed(api, options.data, progress);
    const run = await api['runs.create']({ network, data, recipe: recipeFrom(command), ...name });
    const interrupt = onInterrupt(() => {
      progress.say('Stopping after this step, with a checkpoint. Ctrl-C again ends at once.');
      api['runs.stop']({ id: run.id }).catch(() => undefined);
    });
    const [ended] = await followRuns(api, [run.id], (row) => progress.update(progressLine(row)));
    interrupt.dispose();
    interrupted = interrupt.wasInterrupted();
    progress.end();
    if (options.json) printJson(resultOf(ended!));
    else print(summary(ended!));
    process.exitCode = exitCode(ended!, interrupted);
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}

function exitCode(run: RunRow, interrupted: boolean): number {
  if (interrupted && run.state === 'stopped') return EXIT.interrupted;
  return run.state === 'finished' || run.state === 'stopped' ? EXIT.done : EXIT.failed;
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
