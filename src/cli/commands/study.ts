import type { Command } from 'commander';
import { NetworkVersion } from '../../contract/network.ts';
import type { StudyRequestInput } from '../../contract/study.ts';
import { dataNamed } from '../addData.ts';
import { addNetworkOptions, choicesFrom } from '../networkOptions.ts';
import { addRecipeOptions, recipeFrom } from '../recipeOptions.ts';
import { addCommonOptions, type CommonOptions } from '../session.ts';
import { addStudyBin } from '../studyBin.ts';
import { addStudyCopy } from '../studyCopy.ts';
import { addStudyGrowth } from '../studyGrowth.ts';
import { addStudyReports } from '../studyReports.ts';
import { trainStudy } from '../trainStudy.ts';
import { commaSeparated, commaSeparatedNumbers, number } from '../values.ts';

interface StudyOptions extends CommonOptions {
  readonly versions: string[];
  readonly depths: number[];
  readonly seeds: number;
  readonly data: string;
  readonly name?: string;
}

const EXAMPLES = `
Examples:
  depthlab study
  depthlab study --depths 8,20,32,44 --seeds 5 --epochs 10
  depthlab study --versions v2 --depths 164,1001 --batch-size 16 --clip-norm 5 --json
  depthlab study grow 3 --depths 110 --seeds 5         more of study 3
  depthlab study report 3 > report.md                  all that it says

Seeds count up from --seed; V1 and V2 share them, so that their differences pair. Ctrl-C writes a checkpoint of the run
that trains, ends those that wait, prints the table so far and exits with 130; a second Ctrl-C ends at once.`;

export function addStudyCommand(program: Command): void {
  const command = program
    .command('study')
    .description('train V1 and V2 at several depths and seeds, and print the paired table')
    .option('--versions <list>', `versions: ${NetworkVersion.options.join(', ')}`, commaSeparated, ['v1', 'v2'])
    .option('--depths <list>', 'depths', commaSeparatedNumbers, [8, 20, 44])
    .option('--seeds <n>', 'runs of each network', number, 3)
    .option('--data <name>', 'data set by its name, or a file or folder to make one of', 'digits')
    .option('--name <text>', 'name of the study')
    .addHelpText('after', EXAMPLES)
    .action((options: StudyOptions) => study(options, command));
  addCommonOptions(addRecipeOptions(addNetworkOptions(command)));
  addStudyGrowth(command);
  addStudyReports(command);
  addStudyCopy(command);
  addStudyBin(command);
}

async function study(options: StudyOptions, command: Command): Promise<void> {
  const { versions, depths, seeds, name } = options;
  const request = {
    versions,
    depths,
    seeds,
    recipe: recipeFrom(command),
    ...choicesFrom(command),
    ...(name === undefined ? {} : { name }),
  };
  await trainStudy(options, async (api, progress) => {
    const data = await dataNamed(api, options.data, progress);
    // The contract checks the versions' names with everything else.
    return api['studies.create']({ ...request, data } as StudyRequestInput);
  });
}
