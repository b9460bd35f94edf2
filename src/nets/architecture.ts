import type { Architecture, Block, Stem } from '../contract/architecture.ts';
import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import { PUBLISHED_ORDER } from './orders.ts';
import {
  areLarge,
  blocksPerStage,
  CIFAR_STAGES,
  CIFAR_STEM_WIDTH,
  IMAGENET_STAGES,
  IMAGENET_STEM_WIDTH,
} from './plans.ts';

/**
 * The network's own architecture, or the named one written out for images of this size. What is built is always an architecture, so that one in a file that
 * says the same is the same network.
 */
export function architectureOf(network: NetworkSpec, images: Pick<NetworkInput, 'height' | 'width'>): Architecture {
  if (network.architecture !== undefined) return network.architecture;
  const counts = blocksPerStage(network);
  const stages = network.family === 'imagenet' ? IMAGENET_STAGES : CIFAR_STAGES;
  return {
    stem: stemOf(network, images),
    stages: stages.map(({ width, stride }, index) => {
      const block = { ...commonOf(network), width, stride, repeat: counts[index]! };
      return { blocks: index === 0 && network.activationBeforeSplit === true ? splitFirst(block) : [block] };
    }),
  };
}

/**
 * He et al. 2015: 3x3 on small images (section 4.2); 7x7 with stride 2 and a 3x3 pool with stride 2 on large ones (table
 * 1). The ImageNet family on small images starts as the CIFAR family does, or little would be left of them.
 */
function stemOf({ family }: NetworkSpec, images: Pick<NetworkInput, 'height' | 'width'>): Stem {
  if (family !== 'imagenet') return { window: 3, width: CIFAR_STEM_WIDTH, stride: 1, pool: false };
  return areLarge(images)
    ? { window: 7, width: IMAGENET_STEM_WIDTH, stride: 2, pool: true }
    : { window: 3, width: IMAGENET_STEM_WIDTH, stride: 1, pool: false };
}

function commonOf({ version, block, se, shortcut, activation }: NetworkSpec) {
  return {
    kind: block,
    activation: activation ?? PUBLISHED_ORDER[version],
    shortcut: shortcut ?? 'identity',
    activationBeforeSplit: false,
    ...(se === undefined ? {} : { se }),
    drop: 0,
  } as const;
}

/** The first unit alone activates before it splits; those after it are as always. */
function splitFirst(block: Block): Block[] {
  const first = { ...block, activationBeforeSplit: true, repeat: 1 };
  const rest = block.repeat - 1;
  return rest === 0 ? [first] : [first, { ...block, stride: 1, repeat: rest }];
}
