import { Option, type Command } from 'commander';
import { parseRunFilter } from '../analysis/runFilter.ts';
import { RUN_QUANTITIES, runQuantities, type ColumnContext } from '../analysis/runTable/columns.ts';
import { GROUPINGS, groupRuns, type GroupBy } from '../analysis/runTable/groups.ts';
import { tableOfGroups, tableOfRuns } from '../analysis/runTable/tableOfRuns.ts';
import { pivot } from '../analysis/tables/pivot.ts';
import type { Table } from '../analysis/tables/table.ts';
import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import type { Api } from '../link/rpc.ts';
import { addTableOptions, giveTable, knownColumn, type TableCommandOptions } from './tableOptions.ts';

export interface RunsTableOptions extends TableCommandOptions {
  readonly filter?: string;
  readonly groupBy?: GroupBy;
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
      .addOption(
        new Option('--group-by <what>', 'means over the finished runs of each group').choices(Object.keys(GROUPINGS)),
      )
      .option('--pivot', 'a row a depth, a column a version, as papers print it'),
  );
}

/** @throws UserError for a filter that cannot be read */
export function filterRuns(runs: readonly RunRow[], { filter = '' }: RunsTableOptions): RunRow[] {
  const { matches, errors } = parseRunFilter(filter);
  if (errors.length > 0) {
    const message = errors.map((error) => error.message).join('. ');
    throw new UserError({ code: 'bad-input', message, where: '--filter' });
  }
  return runs.filter(matches);
}

/** Whether anything was asked for that only a table for a paper has. */
export function isTableWanted({ format, columns, groupBy, pivot: isPivoted, out }: RunsTableOptions): boolean {
  return [format, columns, groupBy, isPivoted, out].some((option) => option !== undefined);
}

/** Prints or writes the runs as a table. */
export async function giveRunsTable(api: Api, runs: readonly RunRow[], options: RunsTableOptions & { json?: boolean }) {
  const studies = await api['studies.list']({});
  const context = { studyNames: new Map(studies.map(({ id, name }) => [id, name])) };
  const format = options.json ? 'json' : (options.format ?? 'markdown');
  const { columns: _, ...written } = options;
  giveTable(runsTable(runs, options, context), format, written);
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
