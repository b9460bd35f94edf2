import { Argument, type Command } from 'commander';
import { UserError } from '../contract/errors.ts';
import type { Api } from '../link/rpc.ts';
import { print, printJson } from './output.ts';
import { purge, PURGE_EFFECT, type PurgeOptions } from './purge.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifier, identifiers } from './values.ts';

const PURGE_HELP = `
${PURGE_EFFECT}
Only studies in the bin are purged, with their runs there: "study delete" puts them there.

Example:
  depthlab study purge 3 4`;

/** Adds the commands for deleted studies. */
export function addStudyBin(study: Command): void {
  addCommonOptions(
    study
      .command('delete')
      .description('put a study with its runs into the bin')
      .addArgument(new Argument('<id>', 'number of the study').argParser(identifier))
      .addHelpText('after', '\nExample:\n  depthlab study delete 3')
      .action(remove),
  );
  addCommonOptions(
    study
      .command('restore')
      .description('take a study out of the bin again, with the runs that went with it')
      .addArgument(new Argument('<id>', 'number of the study').argParser(identifier))
      .addHelpText('after', '\nExample:\n  depthlab study restore 3')
      .action(restore),
  );
  addCommonOptions(
    study
      .command('purge')
      .description('delete studies in the bin for good, with their runs there and the checkpoints of these')
      .addArgument(new Argument('<id...>', 'numbers of the studies').argParser(identifiers))
      .option('--yes', 'do not ask')
      .addHelpText('after', PURGE_HELP)
      .action(purgeStudies),
  );
}

async function remove(id: number, options: CommonOptions): Promise<void> {
  await withApi(options, (api) => api['studies.delete']({ id }));
  if (options.json) printJson({ deleted: id });
  else print(`Study ${id} is in the bin with its runs. "depthlab study restore ${id}" takes it out again.`);
}

async function restore(id: number, options: CommonOptions): Promise<void> {
  await withApi(options, (api) => api['studies.restore']({ id }));
  if (options.json) printJson({ restored: id });
  else print(`Study ${id} is restored.`);
}

function purgeStudies(ids: number[], options: PurgeOptions): Promise<void> {
  return purge(options, async ({ studies }, api) => {
    const missing = ids.find((id) => !studies.some((study) => study.id === id));
    if (missing === undefined) return { studyIds: ids, runIds: [] };
    throw await notInBin(api, missing);
  });
}

/** Why a study that is asked for is not there: it was not deleted, or there is none of this number. */
async function notInBin(api: Api, id: number): Promise<UserError> {
  await api['studies.table']({ id });
  return new UserError({
    code: 'conflict',
    message: `Study ${id} is not in the bin, and only what is there is deleted for good`,
    where: `study ${id}`,
    hint: `Delete it first: depthlab study delete ${id}`,
  });
}
