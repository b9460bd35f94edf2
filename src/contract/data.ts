import * as v from 'valibot';
import { MAX_NAME_LENGTH } from './limits.ts';
import { NetworkInput } from './network.ts';

/** A data set by its name, e.g. `digits`. */
export const DataName = v.pipe(
  v.string('The data set is named by a word'),
  v.regex(/^[a-z0-9][a-z0-9_-]*$/, 'A data set name has lower-case letters, digits, - and _ only'),
  v.maxLength(MAX_NAME_LENGTH),
);
export type DataName = v.InferOutput<typeof DataName>;

/** What is known of a data set without reading its images. */
export const DataSetInfo = v.strictObject({
  name: DataName,
  title: v.string(),
  input: NetworkInput,
  trainImages: v.number(),
  testImages: v.number(),
  classNames: v.array(v.string()),
  /** Where it comes from and under what licence. */
  source: v.string(),
  licence: v.string(),
  /** How it was split into training and test images. */
  split: v.string(),
  /** False where a mirrored image would be another class (digits). */
  flipAllowed: v.boolean(),
});
export type DataSetInfo = v.InferOutput<typeof DataSetInfo>;
