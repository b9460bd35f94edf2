import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataImport, DataProgress, ImportedDataSet, PublishedName, WorkProgress } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { download, type DownloadOptions } from '../data/download.ts';
import { publishedDataSets } from '../data/published.ts';
import type { Store } from '../store/store.ts';
import { dataSetsFolder } from './folders.ts';
import type { Launcher } from './launcher.ts';
import type { Live } from './live.ts';
import { withProgress } from './withProgress.ts';
import { whileLocked } from './storeTrouble.ts';
import { runTask } from './task.ts';

/** Adds data sets and removes them; who adds one hears of its progress, and ends it by his signal. */
export interface DataJobs {
  add(request: DataImport, signal: AbortSignal): AsyncGenerator<DataProgress>;
  /** The same with what an address gives. */
  addFrom(url: string, choices: Omit<DataImport, 'source'>, signal: AbortSignal): AsyncGenerator<DataProgress>;
  fetch(name: PublishedName, as: string | undefined, signal: AbortSignal): AsyncGenerator<DataProgress>;
  remove(name: string): void;
}

interface DataJobsOptions {
  readonly store: Pick<Store, 'dataSets' | 'file'>;
  readonly live: Live;
  readonly launcher: Pick<Launcher, 'task'>;
}

/** Within the data sets' folder; data sets have no names that start with a point. */
const DOWNLOADS = '.downloads';

export function createDataJobs({ store, live, launcher }: DataJobsOptions): DataJobs {
  const root = dataSetsFolder(store.file);
  let importing = 0;
  const folderOf = (name: string) => join(root, name);

  const refuseTaken = (name: string | undefined) => {
    if (name === undefined || store.dataSets.find(name) === null) return;
    throw new UserError({
      code: 'conflict',
      message: `There is a data set "${name}" already`,
      where: 'name',
      hint: `Give another name, or remove it first: depthlab data remove ${name}`,
    });
  };

  const register = async ({ info, files }: ImportedDataSet): Promise<DataProgress> => {
    try {
      await whileLocked(store, () => store.dataSets.add({ info, files }));
    } catch (error) {
      rmSync(folderOf(info.name), { recursive: true, force: true });
      throw error;
    }
    live.announce('data', 0);
    return { type: 'added', info };
  };

  const importFrom = async (
    request: DataImport,
    onProgress: (progress: WorkProgress) => void,
    signal: AbortSignal,
  ): Promise<DataProgress> => {
    refuseTaken(request.name);
    await mkdir(root, { recursive: true });
    if (importing === 0) await removeOrphans(root, new Set(store.dataSets.list().map(({ info }) => info.name)));
    importing += 1;
    try {
      const child = await launcher.task();
      return await register(
        await runTask(child, 'importData', { import: request, folder: root }, { onProgress, signal }),
      );
    } finally {
      importing -= 1;
    }
  };

  /** Downloads go on where a broken one ended, and are deleted once a data set is made of them. */
  const importDownloaded = async (
    files: readonly (Pick<DownloadOptions, 'checksum'> & { readonly url: string })[],
    choices: Omit<DataImport, 'source'>,
    onProgress: (progress: WorkProgress) => void,
    signal: AbortSignal,
  ): Promise<DataProgress> => {
    refuseTaken(choices.name);
    const key = createHash('sha256')
      .update(files.map(({ url }) => url).join())
      .digest('hex')
      .slice(0, 16);
    const folder = join(root, DOWNLOADS, key);
    const paths: string[] = [];
    for (const file of files) paths.push(await download(file.url, { ...file, folder, report: onProgress, signal }));
    const path = paths.length === 1 ? paths[0]! : folder;
    const added = await importFrom({ ...choices, source: { kind: 'path', path } }, onProgress, signal);
    await rm(folder, { recursive: true, force: true });
    return added;
  };

  return {
    add: (request, signal) => withProgress((report) => importFrom(request, report, signal), signal),
    addFrom: (url, choices, signal) =>
      withProgress((report) => importDownloaded([{ url }], choices, report, signal), signal),
    fetch: (published, as, signal) => {
      const { files } = publishedDataSets[published];
      return withProgress((report) => importDownloaded(files, { name: as ?? published }, report, signal), signal);
    },
    remove: (name) => {
      if (store.dataSets.find(name) === null) {
        throw new UserError({ code: 'not-found', message: `No data set "${name}" was added`, where: 'name' });
      }
      store.dataSets.remove(name);
      rmSync(folderOf(name), { recursive: true, force: true });
      live.announce('data', 0);
    },
  };
}

/** Folders of imports that were cut off before they were registered. No other process adds data to this database. */
async function removeOrphans(root: string, registered: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(root)) {
    if (name !== DOWNLOADS && !registered.has(name)) await rm(join(root, name), { recursive: true, force: true });
  }
}
