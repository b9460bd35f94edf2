import * as v from 'valibot';

const shortText = v.pipe(v.string(), v.maxLength(100));

/**
 * How the runs table is shown, kept under a name. Ids of columns and groupings are those of src/analysis/runTable; one that is not
 * known (any more) is left out when the view is shown.
 */
export const RunView = v.strictObject({
  name: v.pipe(shortText, v.trim(), v.minLength(1, 'A view needs a name')),
  filter: v.pipe(v.string(), v.maxLength(1000)),
  /** Empty for none. */
  groupBy: shortText,
  /** Those that are shown. */
  columns: v.pipe(v.array(shortText), v.maxLength(200)),
  sorting: v.pipe(v.array(v.strictObject({ column: shortText, descending: v.boolean() })), v.maxLength(20)),
  onlyDifferences: v.boolean(),
});
export type RunView = v.InferOutput<typeof RunView>;
