import { Argument, type Command } from 'commander';
import { UserError } from '../contract/errors.ts';
import type { Api } from '../link/rpc.ts';
import { print, printJson } from './output.ts';
import { purge, PURGE_EFFECT, type PurgeOptions } from './purge.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifiers } from './values.ts';

const PURGE_HELP = `
${PURGE_EFFECT}
Only runs in the bin are purged: "runs delete" puts them there. --all empties the bin, deleted studies included.

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
      .action(purgeRuns),
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

async function purgeRuns(named: number[], options: PurgeOptions & { readonly all?: boolean }): Promise<void> {
  if ((named.length === 0) === (options.all !== true)) throw whatToPurge();
  await purge(options, async ({ studies, runs }, api) => {
    const inBin = runs.map(({ run }) => run.id);
    if (options.all === true) return { studyIds: studies.map(({ id }) => id), runIds: inBin };
    const missing = named.find((id) => !inBin.includes(id));
    if (missing !== undefined) throw await notInBin(api, missing);
    return { studyIds: [], runIds: named };
  });
}

function asSentence(ids: readonly number[]): string {
  return ids.length === 1 ? `Run ${ids[0]} is` : `Runs ${ids.join(', ')} are`;
}

function them(ids: readonly number[]): string {
  return ids.length === 1 ? 'it' : 'them';
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
