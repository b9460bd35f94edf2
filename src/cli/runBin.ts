import { Argument, type Command } from 'commander';
import type { Purged } from '../contract/bin.ts';
import { UserError } from '../contract/errors.ts';
import type { Api } from '../link/rpc.ts';
import { confirm } from './confirm.ts';
import { bytes } from './format.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifiers } from './values.ts';

interface PurgeOptions extends CommonOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
}

const PURGE_HELP = `
Takes every recorded step, result and checkpoint of these runs off the disk; nothing brings them back. Only runs in the bin are purged:
"runs delete" puts them there. --all empties the bin, deleted studies included. On a terminal it asks first, elsewhere it wants --yes.
The space of checkpoints is free at once; that inside the database is used by the next runs, and its file keeps its size.

Examples:
  depthlab runs purge 12 13
  depthlab runs purge --all --yes --json`;

/** Adds the commands for deleted runs. */
export function addRunBin(runs: Command): void {
  addCommonOptions(
    withIds(runs.command('delete'), '<id...>')
      .description('put runs into the bin; all of them or, where one trains or is unknown, none')
      .addHelpText(
        'after',
        '\nExamples:\n  depthlab runs delete 12\n  depthlab runs delete 12 13 14 && depthlab runs list --deleted',
      )
      .action(remove),
  );
  addCommonOptions(
    withIds(runs.command('restore'), '<id...>')
      .description('take runs out of the bin again, with everything that was recorded')
      .addHelpText('after', '\nExample:\n  depthlab runs restore 12 13')
      .action(restore),
  );
  addCommonOptions(
    withIds(runs.command('purge'), '[id...]')
      .description('delete runs in the bin for good, with their checkpoints')
      .option('--all', 'everything in the bin, deleted studies too')
      .option('--yes', 'do not ask')
      .addHelpText('after', PURGE_HELP)
      .action(purge),
  );
}

function withIds(command: Command, name: string): Command {
  return command.addArgument(new Argument(name, 'numbers of the runs').argParser(identifiers));
}

async function remove(ids: number[], options: CommonOptions): Promise<void> {
  await withApi(options, (api) => api['runs.delete']({ ids }));
  if (options.json) printJson({ deleted: ids });
  else print(`${asSentence(ids)} in the bin. "depthlab runs restore ${ids.join(' ')}" takes ${them(ids)} out again.`);
}

async function restore(ids: number[], options: CommonOptions): Promise<void> {
  await withApi(options, (api) => api['runs.restore']({ ids }));
  if (options.json) printJson({ restored: ids });
  else print(`${asSentence(ids)} restored.`);
}

async function purge(named: number[], options: PurgeOptions): Promise<void> {
  if ((named.length === 0) === (options.all !== true)) throw whatToPurge();
  const purged = await withApi(options, async (api) => {
    const target = await targetOf(api, options.all === true ? null : named);
    if (target.runIds.length + target.studyIds.length === 0) return NOTHING;
    if (options.yes !== true) await confirm(`${target.question} Nothing brings it back. Purge? [y/N] `, '--yes');
    return purgeAll(api, target);
  });
  if (options.json) printJson(purged);
  else print(summary(purged));
}

interface Target {
  readonly studyIds: number[];
  readonly runIds: number[];
  readonly question: string;
}

/** What is to go: the runs that are named, or the whole bin. */
async function targetOf(api: Api, ids: number[] | null): Promise<Target> {
  const bin = await api['bin.list']({});
  const studyIds = ids === null ? bin.studies.map(({ id }) => id) : [];
  const going = bin.runs.filter(({ run }) => ids?.includes(run.id) ?? true);
  const missing = ids?.find((id) => !going.some(({ run }) => run.id === id));
  if (missing !== undefined) throw await notInBin(api, missing);
  const checkpoints = going.reduce((sum, each) => sum + each.checkpoints, 0);
  const checkpointBytes = going.reduce((sum, each) => sum + each.checkpointBytes, 0);
  const studies = studyIds.length === 0 ? '' : `${count(studyIds.length, 'study', 'studies')}, `;
  const what = `${studies}${count(going.length, 'run')} and ${count(checkpoints, 'checkpoint')} (${bytes(checkpointBytes)})`;
  return { studyIds, runIds: ids ?? going.map(({ run }) => run.id), question: `${what} will be deleted for good.` };
}

/** Studies first: their runs go with them. */
async function purgeAll(api: Api, { studyIds, runIds }: Target): Promise<Purged> {
  const studies = studyIds.length === 0 ? NOTHING : await api['studies.purge']({ ids: studyIds });
  const left = runIds.filter((id) => !studies.runIds.includes(id));
  const runs = left.length === 0 ? NOTHING : await api['runs.purge']({ ids: left });
  return {
    studyIds: studies.studyIds,
    runIds: [...studies.runIds, ...runs.runIds],
    checkpoints: studies.checkpoints + runs.checkpoints,
    checkpointBytes: studies.checkpointBytes + runs.checkpointBytes,
    databaseBytes: studies.databaseBytes + runs.databaseBytes,
  };
}

const NOTHING: Purged = { studyIds: [], runIds: [], checkpoints: 0, checkpointBytes: 0, databaseBytes: 0 };

function summary({ studyIds, runIds, checkpoints, checkpointBytes, databaseBytes }: Purged): string {
  if (studyIds.length + runIds.length === 0) return 'The bin is empty: there is nothing to purge.';
  const studies = studyIds.length === 0 ? '' : `${count(studyIds.length, 'study', 'studies')} and `;
  return [
    `Purged ${studies}${count(runIds.length, 'run')}.`,
    `  ${count(checkpoints, 'checkpoint')}: ${bytes(checkpointBytes)} free on the disk`,
    `  ${bytes(databaseBytes)} free inside the database, for the next runs; its file keeps its size`,
  ].join('\n');
}

function asSentence(ids: readonly number[]): string {
  return ids.length === 1 ? `Run ${ids[0]} is` : `Runs ${ids.join(', ')} are`;
}

function them(ids: readonly number[]): string {
  return ids.length === 1 ? 'it' : 'them';
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}

/** Why a run that is asked for is not there: it was not deleted, or there is none of this number. */
async function notInBin(api: Api, id: number): Promise<UserError> {
  await api['runs.get']({ id });
  return new UserError({
    code: 'conflict',
    message: `Run ${id} is not in the bin, and only what is there is deleted for good`,
    where: `run ${id}`,
    hint: `Delete it first: depthlab runs delete ${id}`,
  });
}

function whatToPurge(): UserError {
  return new UserError({
    code: 'bad-input',
    message: 'Say what to purge: numbers of runs, or --all',
    hint: 'See "depthlab runs list --deleted" for what is in the bin.',
  });
}
