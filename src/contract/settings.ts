import * as v from 'valibot';
import { wholeNumber } from './numbers.ts';
import { RunView } from './runView.ts';

/** What is kept with a database for all its runs. */
export const Settings = v.strictObject({
  /** Runs that train side by side. One uses every core already, so that more share them. */
  runsAtOnce: v.optional(wholeNumber('The number of runs at once', 1, 16), 1),
  /** Every so manieth checkpoint of a run stays beside its last two and its best; null: none of them. */
  keepEvery: v.optional(v.nullable(wholeNumber('The distance between checkpoints that are kept', 1, 1_000_000)), null),
  /** Bytes that all checkpoints may take before older ones of ended runs that `keepEvery` keeps go; null: no limit. */
  checkpointBudgetBytes: v.optional(
    v.nullable(wholeNumber('The budget of checkpoints in bytes', 1_000_000, Number.MAX_SAFE_INTEGER)),
    null,
  ),
  /** In the order of their names. */
  runViews: v.optional(v.pipe(v.array(RunView), v.maxLength(100, 'At most 100 views are kept')), []),
});
export type Settings = v.InferOutput<typeof Settings>;

/** Those that are to change. */
export const SettingsChange = v.partial(Settings);
export type SettingsChange = v.InferOutput<typeof SettingsChange>;

/** What holds now: environment variables of the application go before what is kept with the database. */
export const SettingsInEffect = v.strictObject({
  ...Settings.entries,
  /** The name of the variable that sets each of these; left out where none does. */
  setBy: v.strictObject({ keepEvery: v.optional(v.string()), checkpointBudgetBytes: v.optional(v.string()) }),
});
export type SettingsInEffect = v.InferOutput<typeof SettingsInEffect>;

/** What a change of settings would delete at once. */
export const SettingsEffect = v.strictObject({
  /** What all checkpoints take before it. */
  checkpointBytes: v.number(),
  deletedCheckpoints: v.number(),
  deletedBytes: v.number(),
});
export type SettingsEffect = v.InferOutput<typeof SettingsEffect>;
