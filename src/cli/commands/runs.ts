import { Argument, type Command } from 'commander';
import { epochEvaluation, testUse } from '../../analysis/epochEvaluation.ts';
import { stateWord } from '../../analysis/stateWord.ts';
import { SeriesName } from '../../contract/frames.ts';
import { UserError } from '../../contract/errors.ts';
import { networkName } from '../../contract/network.ts';
import type { CheckpointRow, RunDetail, RunRow } from '../../contract/run.ts';
import { bytes, decimal, duration, percent, table } from '../format.ts';
import { nearMatch } from '../nearMatch.ts';
import { print, printJson } from '../output.ts';
import { addRunBin } from '../runBin.ts';
import { addRunChanges } from '../runChanges.ts';
import { addRunControls } from '../runControls.ts';
import { addRunQueue } from '../runQueue.ts';
import { addRunWatch } from '../runWatch.ts';
import {
  addRunsTableOptions,
  filterRuns,
  giveRunsTable,
  isTableWanted,
  RUNS_TABLE_HELP,
  withView,
  type RunsTableOptions,
} from '../runsTable.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { commaSeparated, identifier } from '../values.ts';

/** Decimal digits that a float32 surely holds. */
const FLOAT32_DIGITS = 7;

const LIST_HELP = `${RUNS_TABLE_HELP}

Examples:
  depthlab runs list
  depthlab runs list --filter 'state:finished depth>=20' --format csv --out runs.csv
  depthlab runs list --group-by network --columns parameters,testAccuracy,duration --format markdown
  depthlab runs list --pivot --columns testAccuracy,testLoss --format latex --out table.tex
  depthlab runs list --json | head -40`;

export function addRunsCommand(program: Command): void {
  const runs = program
    .command('runs')
    .description('look at recorded runs, pause them and go on with them, delete and restore them');
  addCommonOptions(
    addRunsTableOptions(
      runs
        .command('list')
        .description('all runs, newest first; as a table for a paper on request')
        .option('--deleted', 'the deleted runs instead')
        .addHelpText('after', LIST_HELP)
        .action(list),
    ),
  );
  addCommonOptions(
    runs
      .command('show')
      .description('one run: settings, results by epoch, and the values of each step where a series is asked for')
      .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
      .option('--series <list>', `values of each step: ${SeriesName.options.join(', ')}`, commaSeparated)
      .addHelpText(
        'after',
        '\nExamples:\n  depthlab runs show 12\n  depthlab runs show 12 --series loss,gradientNorm --json',
      )
      .action(show),
  );
  addRunControls(runs);
  addRunQueue(runs);
  addRunChanges(runs);
  addRunBin(runs);
  addRunWatch(runs);
}

async function list(given: CommonOptions & RunsTableOptions & { deleted?: boolean }): Promise<void> {
  const rows = await withApi(given, async (api) => {
    const options = await withView(api, given);
    const all = await api['runs.list']({ deleted: options.deleted ?? false });
    const matching = (await filterRuns(api, all, options)).toSorted((left, right) => right.id - left.id);
    if (!isTableWanted(options)) return matching;
    await giveRunsTable(api, matching, options);
    return null;
  });
  if (rows === null) return;
  if (given.json) return printJson({ runs: rows });
  print(
    rows.length > 0
      ? runTable(rows)
      : given.filter === undefined
        ? 'No runs yet. Start one with "depthlab train" or "depthlab study".'
        : 'No run matches the filter.',
  );
}

function runTable(runs: readonly RunRow[]): string {
  return table(
    ['id', 'name', 'network', 'data', 'seed', 'state', 'steps', 'time', 'loss', 'validation accuracy', 'test accuracy'],
    runs.map((run) => [
      String(run.id),
      run.name,
      networkName(run.network),
      run.data,
      String(run.recipe.seed),
      stateWord(run),
      `${run.lastStep}/${run.totalSteps}`,
      duration(run.elapsedMs),
      decimal(run.trainLoss),
      percent(run.validationAccuracy),
      percent(run.testAccuracy),
    ]),
  );
}

async function show(id: number, options: CommonOptions & { series?: string[] }): Promise<void> {
  const names = (options.series ?? []).map(seriesName);
  const { detail, series } = await withApi(options, async (api) => {
    const found = await api['runs.get']({ id });
    const values = names.map(async (name) => [name, await api['curves.read']({ runId: id, series: name })] as const);
    return { detail: found, series: await Promise.all(values) };
  });
  const asLists = series.map(([name, { firstStep, values }]) => [name, { firstStep, values: [...values] }] as const);
  if (options.json) printJson({ ...detail, ...(names.length > 0 ? { series: Object.fromEntries(asLists) } : {}) });
  else print([describeRun(detail), ...(asLists.length > 0 ? [seriesTable(asLists)] : [])].join('\n\n'));
}

function seriesName(name: string): SeriesName {
  const known = SeriesName.options.find((option) => option === name);
  if (known) return known;
  const near = nearMatch(name, SeriesName.options);
  throw new UserError({
    code: 'bad-input',
    message: `There is no series ${name}`,
    where: '--series',
    hint: `${near ? `Did you mean ${near}? ` : ''}Every run records ${SeriesName.options.join(', ')}`,
  });
}

function describeRun({ run, hyperParameters, environment, epochs, events, checkpoints }: RunDetail): string {
  const settings = hyperParameters.map(({ name, number, text }) => [
    name,
    text ?? (number === null ? 'none' : String(number)),
  ]);
  const { title, loss, accuracy } = epochEvaluation(run.recipe);
  const evaluated = title.toLowerCase();
  const warnings = events.filter(({ kind }) => kind === 'warning').map(({ text }) => `Warning: ${text}`);
  return [
    runTable([run]),
    ...(run.reason === '' ? [] : [run.reason]),
    ...warnings,
    table(['setting', 'value'], settings),
    table(
      ['epoch', 'step', 'loss', 'accuracy', `${evaluated} loss`, `${evaluated} accuracy`, 'learning rate'],
      epochs.map((epoch) => [
        String(epoch.epoch),
        String(epoch.step),
        decimal(epoch.trainLoss),
        percent(epoch.trainAccuracy),
        decimal(epoch[loss]),
        percent(epoch[accuracy]),
        decimal(epoch.learningRate, 6),
      ]),
    ),
    testUse(run.recipe),
    ...(checkpoints.length > 0 ? [checkpointTable(checkpoints)] : []),
    table(
      ['environment', 'value'],
      environment.map(({ name, value }) => [name, value]),
    ),
  ].join('\n\n');
}

/** With what they take together. */
function checkpointTable(checkpoints: readonly CheckpointRow[]): string {
  const total = checkpoints.reduce((sum, one) => sum + one.bytes, 0);
  const rows = checkpoints.map(({ step, bytes: size, file }) => [String(step), bytes(size), file]);
  return `${table(['checkpoint of step', 'size', 'file'], rows)}\n${bytes(total)} together`;
}

/** A row for each step, a column for each series. All series of a run have the same steps. */
function seriesTable(
  series: readonly (readonly [SeriesName, { readonly firstStep: number; readonly values: readonly number[] }])[],
): string {
  const [, { firstStep, values: first }] = series[0]!;
  return table(
    ['step', ...series.map(([name]) => name)],
    first.map((_, index) => [
      String(firstStep + index),
      ...series.map(([, { values }]) => String(Number(values[index]!.toPrecision(FLOAT32_DIGITS)))),
    ]),
  );
}
