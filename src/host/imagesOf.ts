import type { NetworkInput } from '../contract/network.ts';
import { findDataSet } from '../data/dataSets.ts';

/** Size and classes of a data set's images, without reading one. Throws a `UserError` where there is no such set. */
export function imagesOf(data: string): NetworkInput {
  return findDataSet(data).info.input;
}
