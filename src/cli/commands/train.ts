import type { Command } from 'commander';
import { dataNamed } from '../addData.ts';
import { withTraining } from '../goOnWith.ts';
import { addNamedNetworkOptions, requestedNetwork } from '../networkOptions.ts';
import { addRecipeOptions, recipeFrom } from '../recipeOptions.ts';
import { addCommonOptions, type CommonOptions } from '../session.ts';
import { trainToEnd } from '../trainToEnd.ts';

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

Ctrl-C writes a checkpoint, ends the run as "stopped" and exits with 130; a second Ctrl-C ends at once. "depthlab runs resume"
goes on with it.`;

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
  await withTraining(options, async (application, progress) => {
    const { api } = application;
    const name = options.name === undefined ? {} : { name: options.name };
    const data = await dataNamed(api, options.data, progress);
    const run = await api['runs.create']({ network, data, recipe: recipeFrom(command), ...name });
    return trainToEnd(application, run.id, options.json ?? false, progress);
  });
}
