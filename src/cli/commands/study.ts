import type { Command } from 'commander';
import { NetworkVersion } from '../../contract/network.ts';
import type { RunRow } from '../../contract/run.ts';
import { hasTrainer } from '../../contract/runState.ts';
import type { StudyRequestInput, StudyTable } from '../../contract/study.ts';
import { dataNamed } from '../addData.ts';
import { followRuns } from '../follow.ts';
import { addNetworkOptions, choicesFrom } from '../networkOptions.ts';
import { EXIT, print, printJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { endedLine, progressLines } from '../progressLine.ts';
import { addRecipeOptions, recipeFrom } from '../recipeOptions.ts';
import { addCommonOptions, finish, onTrainingInterrupt, open, type CommonOptions } from '../session.ts';
import { addStudyReports } from '../studyReports.ts';
import { studyTableText } from '../studyTable.ts';
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
  depthlab study list
  depthlab study report 1 --metric testError

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
  addStudyReports(command.enablePositionalOptions());
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
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    const { api } = application;
    const data = await dataNamed(api, options.data, progress);
    // The contract checks the versions' names with everything else.
    const { id, runIds } = await api['studies.create']({ ...request, data } as StudyRequestInput);
    const interrupt = onTrainingInterrupt(application, progress, () => api['studies.stop']({ id }));
    const announced = new Set<number>();
    const onChange = (run: RunRow, all: readonly RunRow[]) => {
      if (run.endedAt !== null && run.startedAt !== null && !announced.has(run.id)) {
        announced.add(run.id);
        progress.say(`${announced.size}/${runIds.length}  ${endedLine(run)}`);
      }
      progress.show(progressLines(all.filter(hasTrainer), `${announced.size}/${runIds.length} done  `));
    };
    const runs = await followRuns(api, { ids: runIds, onChange });
    interrupt.dispose();
    interrupted = interrupt.wasInterrupted();
    progress.end();
    const table = await api['studies.table']({ id, metric: 'testAccuracy' });
    if (options.json) printJson(resultOf(table, runs));
    else print(studyTableText(table));
    process.exitCode = exitCode(runs, interrupted);
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}

function exitCode(runs: readonly RunRow[], interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  return runs.every(({ state }) => state === 'finished' || state === 'stopped') ? EXIT.done : EXIT.failed;
}

function resultOf(table: StudyTable, runs: readonly RunRow[]): object {
  return {
    studyId: table.studyId,
    name: table.name,
    metric: table.metric,
    rows: table.cells.map(({ version, depth, n, mean, std, interval, runIds, failed }) => ({
      version,
      depth,
      n,
      mean,
      std,
      interval,
      runIds,
      failed,
    })),
    differences: table.differences,
    runs: runs.map(({ id, state, reason }) => ({ runId: id, status: state, reason })),
  };
}
