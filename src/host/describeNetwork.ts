import type { ParsedArgumentsOf } from '../contract/contract.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import type { NetworkInput, NetworkRequest, NetworkSummary } from '../contract/network.ts';
import type { MemorySettings } from '../nets/memory.ts';
import { summariseNetwork, type PlainSummary } from '../nets/summary.ts';
import { trainingDevice } from './device.ts';

/** What a network would be on a data set's images; reads no image. */
export function describeNetwork(
  { network, classes, ...settings }: Omit<ParsedArgumentsOf<'networks.describe'>, 'data'>,
  { input }: DataSetInfo,
): NetworkSummary {
  const summary = summariseRequest(network, { ...input, classes: classes ?? input.classes }, settings);
  return { ...summary, device: trainingDevice() };
}

/**
 * Summarises a network that a request asks for. What is refused is said to lie in `field` of that request, where it is the
 * depth, or beside it.
 */
export function summariseRequest(
  network: NetworkRequest,
  input: NetworkInput,
  settings: MemorySettings,
  field = 'network.depth',
): PlainSummary {
  try {
    return summariseNetwork(network, input, settings);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const beside = field.slice(0, field.lastIndexOf('.') + 1) + error.where;
    throw new UserError({ ...error.toData(), where: error.where === 'depth' ? field : beside });
  }
}
