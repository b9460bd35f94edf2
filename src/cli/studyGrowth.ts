import { Argument, Option, type Command } from 'commander';
import type { ArgumentsOf } from '../contract/contract.ts';
import { outlineOf } from '../contract/architecture.ts';
import { UserError } from '../contract/errors.ts';
import { NetworkVersion } from '../contract/network.ts';
import { readArchitecture } from './architectureFile.ts';
import { addNetworkOptions, choicesFrom } from './networkOptions.ts';
import { print } from './output.ts';
import { addRecipeOptions, recipeFrom } from './recipeOptions.ts';
import { addCommonOptions, type CommonOptions } from './session.ts';
import { trainStudy } from './trainStudy.ts';
import { commaSeparated, commaSeparatedNumbers, identifier, number } from './values.ts';

type Growth = ArgumentsOf<'studies.grow'>;

interface GrowOptions extends CommonOptions {
  readonly versions?: string[];
  readonly depths?: number[];
  readonly seeds?: number;
  readonly series?: string;
  readonly seriesVersion?: NetworkVersion;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  depthlab study grow 3 --depths 56,110
  depthlab study grow 3 --seeds 5
  depthlab study grow 3 --series "V2 SE" --se 16
  depthlab study grow 3 --series "V2 stochastic depth" --stochastic-depth 0.5
  depthlab study grow 3 --series Mixed --config examples/mixed.yaml

Only runs that the study does not have are trained; one that failed counts as there. A series has the study's depths, seeds
and recipe, but for the network and training options that are given beside its label.`;

/** Adds the commands that go on with a study. */
export function addStudyGrowth(study: Command): void {
  const grow = study
    .command('grow')
    .description('add depths, seeds, a version or a series to a study, and train the runs that are missing')
    .addArgument(new Argument('<id>', 'number of the study').argParser(identifier))
    .option('--versions <list>', 'versions to add', commaSeparated)
    .option('--depths <list>', 'depths to add', commaSeparatedNumbers)
    .option('--seeds <n>', 'runs of each network in all', number)
    .option('--series <label>', 'label of a series to add: other networks, or another recipe')
    .addOption(
      new Option('--series-version <version>', "version of the series' networks")
        .choices(NetworkVersion.options)
        .default('v2'),
    )
    .addOption(new Option('--config <file>', 'the network of the series, from a YAML or JSON file'))
    .addHelpText('after', EXAMPLES)
    .action((id: number, options: GrowOptions) =>
      trainStudy(options, async (api) => {
        const before = new Set((await api['studies.list']({})).find((one) => one.id === id)?.runIds);
        const { runIds } = await api['studies.grow'](growthOf(id, options, grow));
        return { id, runIds: runIds.filter((run) => !before.has(run)) };
      }),
    );
  addCommonOptions(addRecipeOptions(addNetworkOptions(grow)));

  const resume = study
    .command('resume')
    .description('go on with every run of a study that was stopped or interrupted, or that rests')
    .addArgument(new Argument('<id>', 'number of the study').argParser(identifier))
    .addHelpText('after', '\nExample:\n  depthlab study resume 3')
    .action((id: number, options: CommonOptions) =>
      trainStudy(options, async (api) => {
        const { runIds } = await api['studies.resume']({ id });
        if (runIds.length === 0 && !options.json) print(`study ${id} has no run to go on with`);
        return { id, runIds };
      }),
    );
  addCommonOptions(resume);
}

function growthOf(id: number, options: GrowOptions, command: Command): Growth {
  const { versions, depths, seeds, series: label, config, seriesVersion = 'v2' } = options;
  const [choices, recipe] = [choicesFrom(command), recipeFrom(command)];
  if (
    label === undefined &&
    [config, ...Object.keys(choices), ...Object.keys(recipe)].some((one) => one !== undefined)
  ) {
    throw noLabel();
  }
  const architecture = config === undefined ? undefined : readArchitecture(config);
  const network =
    architecture === undefined
      ? { version: seriesVersion, ...choices }
      : { version: outlineOf(architecture).version, architecture };
  // The contract checks the versions' names with everything else.
  return {
    id,
    ...(versions === undefined ? {} : { versions: versions as NetworkVersion[] }),
    ...(depths === undefined ? {} : { depths }),
    ...(seeds === undefined ? {} : { seeds }),
    ...(label === undefined ? {} : { series: { label, ...network, recipe } }),
  };
}

function noLabel(): UserError {
  return new UserError({
    code: 'bad-input',
    message: 'Network and training options are those of a series, and no series is named',
    where: '--series',
    hint: 'Name it, as --series "V2 SE"; what V1 and V2 have stays as the study has it',
  });
}
