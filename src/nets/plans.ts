import { UserError } from '../contract/errors.ts';
import type { BlockKind } from '../contract/block.ts';
import { MAX_DEPTH, MIN_DEPTH, type NetworkRequest, type NetworkSpec } from '../contract/network.ts';

/** Layers of one block in each of the three stages, and those outside (stem and dense layer): He et al. 2015, section 4.2. */
const LAYERS_PER_STEP: Readonly<Record<BlockKind, number>> = { basic: 6, bottleneck: 9 };
const LAYERS_OUTSIDE = 2;

/** Where both kinds of block fit a depth, the papers take bottlenecks from here on (He et al. 2016, table 4). */
const FIRST_BOTTLENECK_DEPTH = 164;

/** The CIFAR family: channels of its stem, and of its three stages with the stride of the first block. */
export const STEM_WIDTH = 16;
export const STAGES = [
  { channels: 16, stride: 1 },
  { channels: 32, stride: 2 },
  { channels: 64, stride: 2 },
] as const;

/** Blocks in each stage: n in depth = 6n + 2 (basic) or 9n + 2 (bottleneck). */
export function blocksPerStage({ block, depth }: Pick<NetworkSpec, 'block' | 'depth'>): number {
  return (depth - LAYERS_OUTSIDE) / LAYERS_PER_STEP[block];
}

/** Chooses the block that was left open. Throws bad-input at `depth` where no such network exists. */
export function decideNetwork(request: NetworkRequest): NetworkSpec {
  const { version, depth, block } = request;
  const allowed: readonly BlockKind[] = block === undefined ? ['basic', 'bottleneck'] : [block];
  const fitting = allowed.filter((kind) => fits(kind, depth));
  const [first, second] = fitting;
  if (first === undefined) throw refusal(depth, allowed);
  const chosen = second !== undefined && depth >= FIRST_BOTTLENECK_DEPTH ? second : first;
  return { version, depth, block: chosen };
}

function fits(block: BlockKind, depth: number): boolean {
  return depth >= MIN_DEPTH && depth <= MAX_DEPTH && (depth - LAYERS_OUTSIDE) % LAYERS_PER_STEP[block] === 0;
}

function refusal(depth: number, allowed: readonly BlockKind[]): UserError {
  const nearest = nearestDepths(depth, allowed);
  const formula = allowed.map((block) => `${LAYERS_PER_STEP[block]}n+2 with ${block} blocks`).join(' or ');
  return new UserError({
    code: 'bad-input',
    message: `There is no network of ${depth} layers: a depth is ${formula}, from ${MIN_DEPTH} to ${MAX_DEPTH}`,
    where: 'depth',
    hint:
      nearest.length === 1 ? `The nearest depth is ${nearest[0]}` : `The nearest depths are ${nearest.join(' and ')}`,
  });
}

/** The legal depths next below and next above; one only, beyond the ends. */
function nearestDepths(depth: number, allowed: readonly BlockKind[]): number[] {
  const legal = Array.from({ length: MAX_DEPTH - MIN_DEPTH + 1 }, (_, index) => MIN_DEPTH + index).filter((one) =>
    allowed.some((block) => fits(block, one)),
  );
  const below = legal.findLast((one) => one < depth);
  const above = legal.find((one) => one > depth);
  return [below, above].filter((one) => one !== undefined);
}
