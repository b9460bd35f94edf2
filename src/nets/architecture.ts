import type { Architecture } from '../contract/architecture.ts';
import type { ActivationOrder } from '../contract/block.ts';
import type { NetworkSpec, NetworkVersion } from '../contract/network.ts';
import { blocksPerStage, STAGES, STEM_WIDTH } from './plans.ts';

const ORDER_OF: Readonly<Record<NetworkVersion, ActivationOrder>> = { v1: 'original', v2: 'full-preactivation' };

/**
 * A named network written out: a 3x3 stem of 16 channels and three stages of n units (He et al. 2015, section 4.2). What
 * is built is always an architecture, so that one in a file that says the same is the same network.
 */
export function architectureOf(network: NetworkSpec): Architecture {
  const { block: kind, version } = network;
  const repeat = blocksPerStage(network);
  const activation = ORDER_OF[version];
  return {
    stem: { window: 3, width: STEM_WIDTH, stride: 1 },
    stages: STAGES.map(({ channels: width, stride }) => ({
      blocks: [{ kind, activation, width, stride, drop: 0, repeat }],
    })),
  };
}
