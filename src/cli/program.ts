import { Command } from 'commander';
import { addChartCommand } from './commands/chart.ts';
import { addCompareCommand } from './commands/compare.ts';
import { addDataCommand } from './commands/data.ts';
import { addDescribeCommand } from './commands/describe.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addExportCommand } from './commands/export.ts';
import { addGradientsCommand } from './commands/gradients.ts';
import { addFlowCommand } from './commands/flow.ts';
import { addHealthCommand } from './commands/health.ts';
import { addLossSurfaceCommand } from './commands/lossSurface.ts';
import { addNormsCommand } from './commands/norms.ts';
import { addPredictCommand } from './commands/predict.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSalvageCommand } from './commands/salvage.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSearchCommand } from './commands/search.ts';
import { addSettingsCommand } from './commands/settings.ts';
import { addStudyCommand } from './commands/study.ts';
import { addTrainCommand } from './commands/train.ts';
import { addVerifyIdentityCommand } from './commands/verifyIdentity.ts';
import { addWeightsCommand } from './commands/weights.ts';

const EXAMPLES = `
Examples:
  depthlab study                                    the digits study, with its paired table
  depthlab train --arch resnet_v2_20 --epochs 5     one run
  depthlab runs list                                what was recorded
  depthlab serve --open                             the application in a browser

Exit codes: 0 done, 1 failed, 2 bad input, 130 ended by Ctrl-C.`;

/** The whole command line. `quiet` keeps commander from writing errors, which are then reported as JSON. */
export function createProgram(version: string, quiet: boolean): Command {
  const program = new Command('depthlab')
    .description('Train residual networks from 8 to 1,001 layers, V1 beside V2, and record every step.')
    .version(version)
    .addHelpText('after', EXAMPLES)
    // A command with options and subcommands, as study, leaves to each what comes after its name.
    .enablePositionalOptions()
    .exitOverride()
    // What follows the name of a command is its own: `study` has options and subcommands that share some.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help to see what there is.')
    .configureOutput(quiet ? { writeErr: () => undefined } : {});
  addTrainCommand(program);
  addStudyCommand(program);
  addSearchCommand(program);
  addRunsCommand(program);
  addCompareCommand(program);
  addNormsCommand(program);
  addFlowCommand(program);
  addHealthCommand(program);
  addExportCommand(program);
  addChartCommand(program);
  addDescribeCommand(program);
  addGradientsCommand(program);
  addVerifyIdentityCommand(program);
  addLossSurfaceCommand(program);
  addDataCommand(program);
  addSettingsCommand(program);
  addWeightsCommand(program);
  addEvaluateCommand(program);
  addPredictCommand(program);
  addServeCommand(program);
  addSalvageCommand(program);
  return program;
}
