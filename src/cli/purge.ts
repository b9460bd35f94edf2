import type { Bin, Purged } from '../contract/bin.ts';
import type { Api } from '../link/rpc.ts';
import { formatBytes, formatCount } from '../analysis/quantity.ts';
import { confirm } from './confirm.ts';
import { print, printJson } from './output.ts';
import { withApi, type CommonOptions } from './session.ts';

export interface PurgeOptions extends CommonOptions {
  readonly yes?: boolean;
}

export const PURGE_EFFECT = `Every recorded step, result and checkpoint is taken off the disk; nothing brings them back. On a terminal it asks first, elsewhere it
wants --yes. The space of checkpoints is free at once; that inside the database is used by the next runs, and its file keeps its size.`;

/** What is to go of the bin. */
export interface PurgeTarget {
  readonly studyIds: readonly number[];
  readonly runIds: readonly number[];
}

const NOTHING: Purged = { studyIds: [], runIds: [], checkpoints: 0, checkpointBytes: 0, databaseBytes: 0 };

/** Deletes what `choose` names of the bin for good, after a yes, and says what that freed. */
export async function purge(
  options: PurgeOptions,
  choose: (bin: Bin, api: Api) => PurgeTarget | Promise<PurgeTarget>,
): Promise<void> {
  const purged = await withApi(options, async (api) => {
    const bin = await api['bin.list']({});
    const target = await choose(bin, api);
    if (target.runIds.length + target.studyIds.length === 0) return NOTHING;
    if (options.yes !== true) await confirm(`${question(bin, target)} Nothing brings it back. Purge? [y/N] `, '--yes');
    return purgeAll(api, target);
  });
  if (options.json) printJson(purged);
  else print(summary(purged));
}

/** A study's runs in the bin go with it. */
function question(bin: Bin, { studyIds, runIds }: PurgeTarget): string {
  const going = bin.runs.filter(
    ({ run }) => runIds.includes(run.id) || (run.studyId !== null && studyIds.includes(run.studyId)),
  );
  const checkpoints = going.reduce((sum, each) => sum + each.checkpoints, 0);
  const bytes = going.reduce((sum, each) => sum + each.checkpointBytes, 0);
  const studies = studyIds.length === 0 ? '' : `${count(studyIds.length, 'study', 'studies')}, `;
  return `${studies}${count(going.length, 'run')} and ${count(checkpoints, 'checkpoint')} (${formatBytes(bytes)}) will be deleted for good.`;
}

/** Studies first: their runs go with them. */
async function purgeAll(api: Api, { studyIds, runIds }: PurgeTarget): Promise<Purged> {
  const studies = studyIds.length === 0 ? NOTHING : await api['studies.purge']({ ids: [...studyIds] });
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

function summary({ studyIds, runIds, checkpoints, checkpointBytes, databaseBytes }: Purged): string {
  if (studyIds.length + runIds.length === 0) return 'The bin is empty: there is nothing to purge.';
  const studies = studyIds.length === 0 ? '' : `${count(studyIds.length, 'study', 'studies')} and `;
  return [
    `Purged ${studies}${count(runIds.length, 'run')}.`,
    `  ${count(checkpoints, 'checkpoint')}: ${formatBytes(checkpointBytes)} free on the disk`,
    `  ${formatBytes(databaseBytes)} free inside the database, for the next runs; its file keeps its size`,
  ].join('\n');
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
