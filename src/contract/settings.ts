import * as v from 'valibot';
import { wholeNumber } from './numbers.ts';
import { RunView } from './runView.ts';

/** What is kept with a database for all its runs. */
export const Settings = v.strictObject({
  /** Runs that train side by side. One uses every core already, so that more share them. */
  runsAtOnce: v.optional(wholeNumber('The number of runs at once', 1, 16), 1),
  /** In the order of their names. */
  runViews: v.optional(v.pipe(v.array(RunView), v.maxLength(100, 'At most 100 views are kept')), []),
});
export type Settings = v.InferOutput<typeof Settings>;

/** Those that are to change. */
export const SettingsChange = v.partial(Settings);
export type SettingsChange = v.InferOutput<typeof SettingsChange>;
