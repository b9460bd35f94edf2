import { UserError } from '../contract/errors.ts';
import type { DataSource } from './dataSet.ts';
import { digits } from './digits.ts';

/** All data sets that a run can be trained on. A new one is a file like `digits.ts` and a line here. */
export const dataSets: readonly DataSource[] = [digits];

/** The data set of a name; an unknown name is refused with the list of those known. */
export function findDataSet(name: string): DataSource {
  const found = dataSets.find(({ info }) => info.name === name);
  if (found) return found;
  throw new UserError({
    code: 'bad-input',
    message: `There is no data set "${name}"`,
    where: 'data',
    hint: `Known data sets: ${dataSets.map(({ info }) => info.name).join(', ')}`,
  });
}
