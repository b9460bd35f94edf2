import type { ActivationOrder } from '../contract/block.ts';
import type { NetworkVersion } from '../contract/network.ts';

/** The order of activation that a version is known by. */
export const PUBLISHED_ORDER: Readonly<Record<NetworkVersion, ActivationOrder>> = {
  v1: 'original',
  v2: 'full-preactivation',
};
