import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Option } from 'commander';
import * as v from 'valibot';
import { parse as parseYaml, stringify } from 'yaml';
import { UserError } from '../../contract/errors.ts';
import type { RunRow } from '../../contract/run.ts';
import { isEnded } from '../../contract/runState.ts';
import { SearchOptions } from '../../contract/search.ts';
import type { SearchRequest, StudyRow } from '../../contract/study.ts';
import type { Api } from '../../link/rpc.ts';
import { dataNamed } from '../addData.ts';
import { duration, percent, table } from '../format.ts';
import { EXIT, print, printJson } from '../output.ts';
import { createProgress, type Progress } from '../progress.ts';
import { progressLines } from '../progressLine.ts';
import { addRecipeOptions, recipeFrom } from '../recipeOptions.ts';
import { addCommonOptions, finish, onTrainingInterrupt, open, type CommonOptions } from '../session.ts';
import { number } from '../values.ts';

interface SearchCommandOptions extends CommonOptions {
  readonly space: string;
  readonly strategy: string;
  readonly trials: number;
  readonly population: number;
  readonly sample: number;
  readonly reduction: number;
  readonly maxParameters?: number;
  readonly data: string;
  readonly name?: string;
  readonly best?: string;
}

const HELP = `
A space is an architecture file in which { choose: [a, b] } stands where a value, a block or a list of blocks may vary.
Strategies: random; evolution (regularised: the best of a sample of the youngest has a child, Real et al. 2019); halving (all
train for a share of --epochs, the best 1/reduction of each round again for longer; Jamieson and Talwalkar 2016).
Trials are ranked by the validation accuracy of one seed each; the test images have no part in it. The best of many is better than
it will be again: train it with other seeds, and report their test accuracy.

Examples:
  depthlab search --space examples/search/digits.yaml --trials 20 --epochs 3
  depthlab search --space examples/search/digits.yaml --strategy halving --trials 9 --epochs 9 --max-parameters 200000 --best best.yaml`;

const defaults = v.parse(SearchOptions, {});

export function addSearchCommand(program: Command): void {
  const command = program
    .command('search')
    .description('try architectures of a space, and record them as the runs of a study')
    .requiredOption('--space <file>', 'YAML or JSON file of the space')
    .addOption(
      new Option('--strategy <name>', 'how the next architecture is chosen')
        .choices(SearchOptions.entries.strategy.wrapped.options)
        .default(defaults.strategy),
    )
    .option('--trials <n>', 'architectures to try; with halving those of the first round', number, defaults.trials)
    .option('--population <n>', 'evolution: the youngest that may have a child', number, defaults.population)
    .option('--sample <n>', 'evolution: how many of them compete for it', number, defaults.sample)
    .option('--reduction <n>', 'halving: one of so many goes on', number, defaults.reduction)
    .option('--max-parameters <n>', 'try no larger architecture', number)
    .option('--data <name>', 'data set by its name, or a file or folder to make one of', 'digits')
    .option('--name <text>', 'name of the study')
    .option('--best <file>', 'write the best architecture to this YAML file, for train --config')
    .addHelpText('after', HELP)
    .action((options: SearchCommandOptions) => search(options, command));
  addCommonOptions(addRecipeOptions(command));
}

async function search(options: SearchCommandOptions, command: Command): Promise<void> {
  const { strategy, trials, population, sample, reduction, maxParameters = null, name } = options;
  const request = {
    space: readSpaceFile(options.space),
    options: { strategy, trials, population, sample, reduction, maxParameters },
    recipe: recipeFrom(command),
    ...(name === undefined ? {} : { name }),
  };
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    const { api } = application;
    const data = await dataNamed(api, options.data, progress);
    // The contract checks every value.
    const { id } = await api['studies.search']({ ...request, data } as SearchRequest);
    const interrupt = onTrainingInterrupt(application, progress, () => api['studies.stop']({ id }));
    const runs = await followSearch(api, id, progress);
    interrupt.dispose();
    interrupted = interrupt.wasInterrupted();
    progress.end();
    const ranked = rank(runs);
    if (options.best !== undefined) writeBest(options.best, ranked[0]);
    if (options.json) printJson(resultOf(id, strategy, ranked));
    else print(asText(ranked));
    process.exitCode = interrupted ? EXIT.interrupted : ranked.some(hasResult) ? EXIT.done : EXIT.failed;
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}

function readSpaceFile(file: string): unknown {
  try {
    return parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError({
      code: 'bad-input',
      message: `The space ${file} cannot be read: ${UserError.from(error).message}`,
      where: '--space',
      hint: 'Name a YAML or JSON file such as examples/search/digits.yaml',
    });
  }
}

/** Resolves with the trials once the search is over and all have ended. Rejects when the connection is lost. */
function followSearch(api: Api, studyId: number, progress: Progress): Promise<RunRow[]> {
  const rows = new Map<number, RunRow>();
  let study: StudyRow | undefined;
  return new Promise((resolve, reject) => {
    const disposals: (() => void)[] = [];
    const check = () => {
      const own = study?.runIds.map((id) => rows.get(id)) ?? [];
      if (study?.request.search?.isOver !== true || !own.every((run) => run !== undefined && isEnded(run.state)))
        return;
      // The first values may arrive before the ways to end the streams are known.
      queueMicrotask(() => disposals.forEach((dispose) => dispose()));
      resolve(own.filter((run) => run !== undefined));
    };
    const takeRuns = (changed: readonly RunRow[]) => {
      for (const run of changed.filter((each) => each.studyId === studyId)) {
        const isNew = isEnded(run.state) && !isEnded(rows.get(run.id)?.state ?? 'queued');
        rows.set(run.id, run);
        if (isNew) progress.say(endedLine(run));
        else if (run.startedAt !== null && !isEnded(run.state)) progress.show(progressLines([run]));
      }
      check();
    };
    const takeStudies = (changed: readonly StudyRow[]) => {
      study = changed.find(({ id }) => id === studyId) ?? study;
      check();
    };
    disposals.push(api['runs.watch']({}, takeRuns, reject), api['studies.watch']({}, takeStudies, reject));
  });
}

function endedLine(run: RunRow): string {
  const outcome = hasResult(run)
    ? `validation accuracy ${percent(run.validationAccuracy)}`
    : `${run.state} ${run.reason}`;
  return `${run.name}: ${outcome}, ${duration(run.elapsedMs)}`;
}

function hasResult({ state, validationAccuracy }: RunRow): boolean {
  return state === 'finished' && validationAccuracy !== null;
}

/** Best first: those that trained longest, by validation accuracy; those without a result last. */
function rank(runs: readonly RunRow[]): RunRow[] {
  const worth = (run: RunRow) => (hasResult(run) ? run.recipe.epochs + (run.validationAccuracy ?? 0) : -1);
  return runs.toSorted((one, other) => worth(other) - worth(one) || one.id - other.id);
}

function writeBest(file: string, best: RunRow | undefined): void {
  if (best?.network.architecture === undefined || !hasResult(best)) return;
  writeFileSync(file, stringify(best.network.architecture));
}

function resultOf(studyId: number, strategy: string, ranked: readonly RunRow[]): object {
  const best = ranked.find(hasResult);
  return {
    studyId,
    strategy,
    best: best === undefined ? null : { runId: best.id, architecture: best.network.architecture },
    trials: ranked.map(({ id, name, state, reason, recipe, parameters, validationAccuracy, testAccuracy }) => ({
      runId: id,
      name,
      status: state,
      reason,
      epochs: recipe.epochs,
      parameters,
      validationAccuracy,
      testAccuracy,
    })),
  };
}

function asText(ranked: readonly RunRow[]): string {
  const rows = ranked.map((run) => [
    String(run.id),
    hasResult(run) ? percent(run.validationAccuracy) : run.state,
    String(run.recipe.epochs),
    run.parameters.toLocaleString('en'),
    run.name,
  ]);
  return table(['run', 'validation accuracy', 'epochs', 'parameters', 'trial'], rows);
}
