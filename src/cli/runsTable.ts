import { Option, type Command } from 'commander';
import { parseRunFilter } from '../analysis/runFilter.ts';
import { RUN_QUANTITIES, runQuantities, type ColumnContext } from '../analysis/runTable/columns.ts';
import { GROUPINGS, groupRuns, type GroupBy } from '../analysis/runTable/groups.ts';
import { sortRuns } from '../analysis/runTable/sortRuns.ts';
import { tableOfGroups, tableOfRuns } from '../analysis/runTable/tableOfRuns.ts';
import { pivot } from '../analysis/tables/pivot.ts';
import type { Table } from '../analysis/tables/table.ts';
import { UserError } from '../contract/errors.ts';
import type { RunHealth } from '../contract/health.ts';
import type { RunRow } from '../contract/run.ts';
import type { RunView } from '../contract/runView.ts';
import type { Api } from '../link/rpc.ts';
import { addTableOptions, giveTable, knownColumn, type TableCommandOptions } from './tableOptions.ts';

export interface RunsTableOptions extends TableCommandOptions {
  readonly filter?: string;
  readonly groupBy?: GroupBy;
  readonly view?: string;
  readonly pivot?: boolean;
}

const USUAL_COLUMNS = [
  'id',
  'name',
  'state',
  'version',
  'depth',
  'seed',
  'trainLoss',
  'validationAccuracy',
  'testAccuracy',
];
const PIVOTED_COLUMNS = ['testAccuracy'];

export const RUNS_TABLE_HELP = `
A filter has terms that must all hold: depth>=20 version:v2 state:finished lr<0.1 accuracy>98% -tag:old, or any words.
Columns: ${RUN_QUANTITIES.map(({ id }) => id).join(', ')}`;

/** Adds which runs are shown, and how as a table for a paper. */
export function addRunsTableOptions(command: Command): Command {
  return addTableOptions(
    command
      .option('--filter <terms>', 'only the runs that match')
      .option('--view <name>', 'with the filter, columns, groups and order of a view that the window keeps')
      .addOption(
        new Option('--group-by <what>', 'means over the finished runs of each group').choices(Object.keys(GROUPINGS)),
      )
      .option('--pivot', 'a row a depth, a column a version, as papers print it'),
  );
}

/** A view's order of runs. */
type Sorting = RunView['sorting'];

/**
 * The options with what the named view keeps, where they say nothing else.
 * @throws UserError where there is no view of that name
 */
export async function withView<Options extends RunsTableOptions>(
  api: Api,
  options: Options,
): Promise<Options & { sorting: Sorting }> {
  if (options.view === undefined) return { ...options, sorting: [] };
  const { filter, columns, groupBy, sorting } = findView((await api['settings.get']({})).runViews, options.view);
  const groups = groupBy in GROUPINGS && !options.pivot ? { groupBy: groupBy as GroupBy } : {};
  const known = RUN_QUANTITIES.map(({ id }) => id).filter((id) => columns.includes(id));
  return { filter, ...groups, columns: known, ...options, sorting };
}

function findView(views: readonly RunView[], name: string): RunView {
  const found = views.find((view) => view.name === name);
  if (found) return found;
  const names = views.map((view) => view.name);
  throw new UserError({
    code: 'not-found',
    message: `There is no view ${name}`,
    where: '--view',
    hint: names.length === 0 ? 'Views are made above the runs table of the window' : `Views: ${names.join(', ')}`,
  });
}

/** @throws UserError for a filter that cannot be read */
export async function filterRuns(
  api: Api,
  runs: readonly RunRow[],
  { filter = '' }: RunsTableOptions,
): Promise<RunRow[]> {
  const { matches, asksForHealth, errors } = parseRunFilter(filter);
  if (errors.length > 0) {
    const message = errors.map((error) => error.message).join('. ');
    throw new UserError({ code: 'bad-input', message, where: '--filter' });
  }
  const verdicts = new Map(
    (asksForHealth ? await healthOf(api, runs) : []).map(({ runId, verdict }) => [runId, verdict]),
  );
  return runs.filter((run) => matches(run, { health: verdicts.get(run.id) }));
}

/** Whether anything was asked for that only a table for a paper has. */
export function isTableWanted({ format, columns, groupBy, pivot: isPivoted, out }: RunsTableOptions): boolean {
  return [format, columns, groupBy, isPivoted, out].some((option) => option !== undefined);
}

/** Prints or writes the runs as a table. */
export async function giveRunsTable(
  api: Api,
  runs: readonly RunRow[],
  options: RunsTableOptions & { json?: boolean; sorting: Sorting },
) {
  const studies = await api['studies.list']({});
  // Reads every step of the runs, so only where it is asked for.
  const judged = options.columns?.includes('health') ? await healthOf(api, runs) : [];
  const context = {
    studyNames: new Map(studies.map(({ id, name }) => [id, name])),
    health: new Map(judged.map((health) => [health.runId, health])),
  };
  const format = options.json ? 'json' : (options.format ?? 'markdown');
  const { columns: _, ...written } = options;
  giveTable(runsTable(sortRuns(runs, options.sorting, context), options, context), format, written);
}

async function healthOf(api: Api, runs: readonly RunRow[]): Promise<RunHealth[]> {
  const ids = runs.map(({ id }) => id);
  return ids.length === 0 ? [] : api['health.read']({ runIds: ids });
}

function runsTable(runs: readonly RunRow[], options: RunsTableOptions, context: ColumnContext): Table {
  const known = RUN_QUANTITIES.map(({ id }) => id);
  const ids = options.columns?.map((id) => knownColumn(id, known));
  if (options.pivot) return pivoted(runs, ids ?? PIVOTED_COLUMNS, context);
  const columns = runQuantities(ids ?? USUAL_COLUMNS);
  if (options.groupBy === undefined) return tableOfRuns(columns, runs, context);
  return tableOfGroups(columns, groupRuns(runs, options.groupBy, context), context);
}

function pivoted(runs: readonly RunRow[], ids: readonly string[], context: ColumnContext): Table {
  const columns = runQuantities([...new Set(['version', 'depth', ...ids])]);
  const groups = tableOfGroups(columns, groupRuns(runs, 'versionAndDepth', context), context);
  const table = pivot(groups, 'depth', 'version');
  if (table !== null) return table;
  throw new UserError({
    code: 'bad-input',
    message: 'There is no mean to print for any depth and version',
    where: '--pivot',
    hint: 'Take a measured column, such as --columns testAccuracy, and a --filter that finished runs match',
  });
}
