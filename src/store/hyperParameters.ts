import type { HyperParameter } from '../contract/run.ts';
import type { NewRun } from './runInserter.ts';

/**
 * Everything a run was asked to be, one row a setting: network, input, data set and recipe under the names of the
 * contract. A setting that is off (null) has neither number nor text; switches are 'true' or 'false'; lists are JSON.
 */
export function hyperParameters(run: Pick<NewRun, 'network' | 'input' | 'data' | 'recipe'>): HyperParameter[] {
  const settings = { ...run.network, ...run.input, data: run.data, ...run.recipe };
  return Object.entries(settings).map(([name, value]) => {
    if (typeof value === 'number') return { name, number: value, text: null };
    if (value === null) return { name, number: null, text: null };
    return { name, number: null, text: typeof value === 'object' ? JSON.stringify(value) : String(value) };
  });
}
