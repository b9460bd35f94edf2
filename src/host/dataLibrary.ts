import { join } from 'node:path';
import type { DataReference, DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { digits } from '../data/digits.ts';
import type { Store } from '../store/store.ts';
import { dataSetsFolder } from './folders.ts';

/** All data sets that a run can be trained on: the embedded ones, and those that were added. */
export interface DataLibrary {
  list(): DataSetInfo[];
  /** A `UserError` (`not-found`) where there is none of this name says what to do. */
  find(name: string): DataReference;
}

/** Sets that `data get` can fetch. */
const DOWNLOADABLE = ['cifar10', 'cifar100', 'mnist', 'fashion-mnist'];

export function createDataLibrary(store: Pick<Store, 'dataSets' | 'file'>, resourcesFolder: string): DataLibrary {
  const embedded = embeddedDataSets(resourcesFolder);
  const list = () => [...embedded.map(({ info }) => info), ...store.dataSets.list().map(({ info }) => info)];
  return {
    list,
    find: (name) => {
      const own = embedded.find(({ info }) => info.name === name);
      if (own) return own;
      const added = store.dataSets.find(name);
      if (added) return { info: added.info, files: [...added.files], folder: join(dataSetsFolder(store.file), name) };
      throw unknownDataSet(
        name,
        list().map((info) => info.name),
      );
    },
  };
}

/** Data sets that ship with the application. */
export function embeddedDataSets(resourcesFolder: string): DataReference[] {
  return [{ info: digits, folder: join(resourcesFolder, 'digits'), files: [] }];
}

function unknownDataSet(name: string, known: readonly string[]): UserError {
  return new UserError({
    code: 'bad-input',
    message: `There is no data set "${name}"`,
    where: 'data',
    hint: remedy(name, known),
  });
}

function remedy(name: string, known: readonly string[]): string {
  if (DOWNLOADABLE.includes(name)) return `Fetch it: depthlab data get ${name}`;
  if (name.startsWith('imagenet')) return `Add your copy: depthlab data add FOLDER --name ${name}`;
  return `Known data sets: ${known.join(', ')}; add one of your own with "depthlab data add"`;
}
