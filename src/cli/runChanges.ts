import { Argument, Option, type Command } from 'commander';
import { goOnWith, noWait, type WaitOptions } from './goOnWith.ts';
import { print, printJson } from './output.ts';
import { addRecipeOptions, recipeFrom } from './recipeOptions.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifier, number } from './values.ts';

/** Adds the commands that change how a run is trained. */
export function addRunChanges(runs: Command): void {
  addExtend(runs);
  addRate(runs);
  addFork(runs);
}

function addExtend(runs: Command): void {
  const command = runs
    .command('extend')
    .description('give a run more epochs and go on with it; its schedule runs over all of them from now on')
    .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
    .addOption(
      new Option('--epochs <n>', 'epochs in all, those that were trained included')
        .argParser(number)
        .makeOptionMandatory(),
    )
    .addOption(noWait())
    .addHelpText('after', '\nExample:\n  depthlab runs extend 12 --epochs 20')
    .action((id: number, options: WaitOptions & { epochs: number }) =>
      goOnWith(options, (api) => api['runs.extend']({ id, epochs: options.epochs })),
    );
  addCommonOptions(command);
}

function addRate(runs: Command): void {
  const command = runs
    .command('rate')
    .description('change the learning rate of a run from its next step on; its schedule goes on from it')
    .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
    .addArgument(new Argument('<rate>', 'learning rate in the place of its own').argParser(number))
    .addHelpText('after', '\nExample:\n  depthlab runs rate 12 0.01')
    .action(async (id: number, learningRate: number, options: CommonOptions) => {
      const run = await withApi(options, (api) => api['runs.setLearningRate']({ id, learningRate }));
      if (options.json) printJson(run);
      else print(`run ${run.id} (${run.name}) trains with learning rate ${learningRate} from its next step on`);
    });
  addCommonOptions(command);
}

function addFork(runs: Command): void {
  const command = runs
    .command('fork')
    .description("train a new run on from another one's checkpoint; settings that are not given stay as they were")
    .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
    .addOption(new Option('--step <n>', 'the checkpoint to begin from (default: the newest)').argParser(number))
    .option('--name <text>', 'name of the new run')
    .addOption(noWait())
    .addHelpText('after', '\nExample:\n  depthlab runs fork 12 --step 900 --lr 0.01 --epochs 20')
    .action((id: number, options: WaitOptions & { step?: number; name?: string }) => {
      const { step, name } = options;
      const request = { id, recipe: recipeFrom(command), ...(step === undefined ? {} : { step }) };
      return goOnWith(options, (api) => api['runs.fork']({ ...request, ...(name === undefined ? {} : { name }) }));
    });
  addCommonOptions(addRecipeOptions(command));
}
