import type { Architecture, Block } from '../contract/architecture.ts';
import type { ActivationOrder, BlockKind, ShortcutKind } from '../contract/block.ts';
import type { BranchDrop } from '../engine/layers/layer.ts';

/** A convolution of a residual unit. */
export interface UnitConvolution {
  readonly window: number;
  readonly channels: number;
  readonly stride: number;
}

/** A residual unit of an architecture, everything decided. */
export interface Unit {
  /** `stage1.unit2` */
  readonly name: string;
  readonly activation: ActivationOrder;
  /** Those of the residual branch, in order. */
  readonly convolutions: readonly UnitConvolution[];
  /** Channels that leave the unit. */
  readonly channels: number;
  /** By how much the unit shrinks the image. */
  readonly stride: number;
  readonly shortcut: ShortcutKind;
  /** Reduction of its squeeze and excitation; null where it has none. */
  readonly se: number | null;
  /** Whether its first activation comes before its two paths part. */
  readonly activationBeforeSplit: boolean;
  readonly drop: BranchDrop;
}

/** Channels that leave a unit over those of its 3x3 convolutions: He et al. 2015, figure 5. */
const EXPANSION: Readonly<Record<BlockKind, number>> = { basic: 1, bottleneck: 4 };

/** The units of an architecture in depth order. They are numbered from 1 in each stage, whatever block they came from. */
export function unitsOf({ stages }: Architecture): Unit[] {
  return stages.flatMap(({ blocks }, stage) =>
    blocks
      .flatMap((block) =>
        Array.from({ length: block.repeat }, (_, nth) => (nth === 0 ? block : { ...block, stride: 1 })),
      )
      .map((block, index) => unitOf(block, `stage${stage + 1}.unit${index + 1}`)),
  );
}

function unitOf(block: Block, name: string): Unit {
  const { activation, stride, shortcut, se = null, activationBeforeSplit } = block;
  const drop: BranchDrop = { stochasticDepth: block.drop, dropPath: 0 };
  const channels = block.width * (block.expansion ?? EXPANSION[block.kind]);
  const convolutions = convolutionsOf(block, channels);
  return { name, activation, convolutions, channels, stride, shortcut, se, activationBeforeSplit, drop };
}

/**
 * basic: 3x3 with the stride, 3x3 (He et al. 2015, figure 5 left). bottleneck: 1x1, 3x3 with the stride, 1x1 (right; the
 * stride is where Facebook's and PyTorch's code have it, the paper's first 1x1 would skip three pixels of four).
 */
function convolutionsOf({ kind, width, stride }: Block, channels: number): UnitConvolution[] {
  switch (kind) {
    case 'basic':
      return [
        { window: 3, channels: width, stride },
        { window: 3, channels, stride: 1 },
      ];
    case 'bottleneck':
      return [
        { window: 1, channels: width, stride: 1 },
        { window: 3, channels: width, stride },
        { window: 1, channels, stride: 1 },
      ];
  }
}
