import type { ParsedArgumentsOf } from '../contract/contract.ts';
import type { NetworkSummary } from '../contract/network.ts';
import { findDataSet } from '../data/dataSets.ts';
import { summariseNetwork } from '../nets/summary.ts';

/** What a network would be on a data set's images; needs no database and reads no image. */
export function describeNetwork(request: ParsedArgumentsOf<'networks.describe'>): NetworkSummary {
  const { network, data, classes, batchSize } = request;
  const { input } = findDataSet(data).info;
  return summariseNetwork(network, { ...input, classes: classes ?? input.classes }, batchSize);
}
