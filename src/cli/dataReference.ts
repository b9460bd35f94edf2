import type { DataReference } from '../contract/data.ts';
import { embeddedDataSets } from '../host/dataLibrary.ts';
import { RESOURCES_FOLDER, withApi, type CommonOptions } from './session.ts';

/** A data set by its name. The database is opened only where the set is none that ships with the application. */
export async function dataReference(name: string, options: CommonOptions): Promise<DataReference> {
  const embedded = embeddedDataSets(RESOURCES_FOLDER).find(({ info }) => info.name === name);
  return embedded ?? withApi(options, (api) => api['data.get']({ name }));
}
