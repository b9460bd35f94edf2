import { outlineOf, type Architecture } from '../contract/architecture.ts';
import { isPreactivation, type BlockKind } from '../contract/block.ts';
import { UserError } from '../contract/errors.ts';
import {
  MAX_DEPTH,
  MIN_DEPTH,
  type NetworkFamily,
  type NetworkInput,
  type NetworkRequest,
  type NetworkSpec,
} from '../contract/network.ts';
import { PUBLISHED_ORDER } from './orders.ts';

/** Layers of one block in each of the three stages, and those outside (stem and dense layer): He et al. 2015, section 4.2. */
const LAYERS_PER_STEP: Readonly<Record<BlockKind, number>> = { basic: 6, bottleneck: 9 };
const LAYERS_OUTSIDE = 2;

/** Where both kinds of block fit a depth, the papers take bottlenecks from here on (He et al. 2016, table 4). */
const FIRST_BOTTLENECK_DEPTH = 164;

/** The CIFAR family: channels of its stem, and of its three stages with the stride of the first block. */
export const CIFAR_STEM_WIDTH = 16;
export const CIFAR_STAGES = [
  { width: 16, stride: 1 },
  { width: 32, stride: 2 },
  { width: 64, stride: 2 },
] as const;

/** The ImageNet family: its four stages have twice the channels of the one before (He et al. 2015, table 1). */
export const IMAGENET_STEM_WIDTH = 64;
export const IMAGENET_STAGES = [
  { width: 64, stride: 1 },
  { width: 128, stride: 2 },
  { width: 256, stride: 2 },
  { width: 512, stride: 2 },
] as const;

/** Blocks of each stage: He et al. 2015, table 1; ResNet-200: He et al. 2016, section 4. */
const IMAGENET_PLANS: Readonly<Record<number, { readonly kind: BlockKind; readonly blocks: readonly number[] }>> = {
  18: { kind: 'basic', blocks: [2, 2, 2, 2] },
  34: { kind: 'basic', blocks: [3, 4, 6, 3] },
  50: { kind: 'bottleneck', blocks: [3, 4, 6, 3] },
  101: { kind: 'bottleneck', blocks: [3, 4, 23, 3] },
  152: { kind: 'bottleneck', blocks: [3, 8, 36, 3] },
  200: { kind: 'bottleneck', blocks: [3, 24, 36, 3] },
};

/** Images from this size on (their shorter side, pixels) are halved by the stem and by its pool. */
const IMAGENET_SIZE = 64;

type ImageSize = Pick<NetworkInput, 'height' | 'width'>;

/** What a decision rests on where no images are named. */
const SMALL_IMAGES: ImageSize = { height: 32, width: 32 };

export function areLarge({ height, width }: ImageSize): boolean {
  return Math.min(height, width) >= IMAGENET_SIZE;
}

/** How many blocks each stage has: n in depth = 6n + 2 (basic) or 9n + 2 (bottleneck), or the ImageNet family's plan. */
export function blocksPerStage({ block, depth, family }: Pick<NetworkSpec, 'block' | 'depth' | 'family'>): number[] {
  if (family === 'imagenet') return [...IMAGENET_PLANS[depth]!.blocks];
  return CIFAR_STAGES.map(() => (depth - LAYERS_OUTSIDE) / LAYERS_PER_STEP[block]);
}

/**
 * Decides what was left open. The family follows the images: large ones have the ImageNet family; small ones have it at
 * its own depths, with a CIFAR stem, and the CIFAR family at all others. What is as in the papers is left out of the
 * answer, as runs have it that were recorded before it could be chosen. Throws bad-input at the field that does not fit.
 */
export function decideNetwork(request: NetworkRequest, images: ImageSize = SMALL_IMAGES): NetworkSpec {
  const { version, depth, se, shortcut, activation, activationBeforeSplit } = request;
  if (request.architecture !== undefined) return decideArchitecture(request, request.architecture);
  checkActivation(request);
  const { family, block } = decidePlan(request, images);
  return {
    version,
    depth,
    block,
    ...(family === 'imagenet' ? { family } : {}),
    ...(se === undefined ? {} : { se }),
    ...(shortcut === undefined || shortcut === 'identity' ? {} : { shortcut }),
    ...(activation === undefined || activation === PUBLISHED_ORDER[version] ? {} : { activation }),
    ...(activationBeforeSplit === true ? { activationBeforeSplit } : {}),
  };
}

/** An architecture says everything itself. */
function decideArchitecture(request: NetworkRequest, architecture: Architecture): NetworkSpec {
  const choice = (['family', 'se', 'shortcut', 'activation', 'activationBeforeSplit'] as const).find(
    (field) => request[field] !== undefined,
  );
  if (choice !== undefined) {
    throw new UserError({
      code: 'bad-input',
      message: 'A network with an architecture of its own takes no other choices',
      where: choice,
      hint: 'Say it in the blocks of the architecture',
    });
  }
  return { ...outlineOf(architecture), architecture };
}

interface Plan {
  readonly family: NetworkFamily;
  readonly block: BlockKind;
}

function decidePlan({ depth, block, family }: NetworkRequest, images: ImageSize): Plan {
  const families: readonly NetworkFamily[] =
    family !== undefined ? [family] : areLarge(images) ? ['imagenet'] : ['imagenet', 'cifar'];
  const fitting = plansOf(depth, families).filter((plan) => block === undefined || plan.block === block);
  const [first, second] = fitting;
  if (first === undefined) throw refusal(depth, families, block);
  const isTie = second?.family === first.family;
  return isTie && depth >= FIRST_BOTTLENECK_DEPTH ? second : first;
}

/** Every way to make a network of that depth. */
function plansOf(depth: number, families: readonly NetworkFamily[]): Plan[] {
  return families.flatMap((family): Plan[] => {
    if (family === 'imagenet') {
      const plan = IMAGENET_PLANS[depth];
      return plan === undefined ? [] : [{ family, block: plan.kind }];
    }
    const kinds: readonly BlockKind[] = ['basic', 'bottleneck'];
    return kinds.filter((kind) => fits(kind, depth)).map((block) => ({ family, block }));
  });
}

function fits(block: BlockKind, depth: number): boolean {
  return depth >= MIN_DEPTH && depth <= MAX_DEPTH && (depth - LAYERS_OUTSIDE) % LAYERS_PER_STEP[block] === 0;
}

function refusal(depth: number, families: readonly NetworkFamily[], block: BlockKind | undefined): UserError {
  const nearest = nearestDepths(depth, families, block);
  const allowed: readonly BlockKind[] = block === undefined ? ['basic', 'bottleneck'] : [block];
  const formula = allowed.map((kind) => `${LAYERS_PER_STEP[kind]}n+2 with ${kind} blocks`).join(' or ');
  const published = Object.keys(IMAGENET_PLANS).filter(
    (one) => block === undefined || IMAGENET_PLANS[Number(one)]!.kind === block,
  );
  const choices = families
    .toReversed()
    .map((family) =>
      family === 'cifar' ? `${formula}, from ${MIN_DEPTH} to ${MAX_DEPTH}` : `one of ${published.join(', ')}`,
    );
  const near =
    nearest.length === 1 ? `The nearest depth is ${nearest[0]}` : `The nearest depths are ${nearest.join(' and ')}`;
  const isLarge = !families.includes('cifar');
  return new UserError({
    code: 'bad-input',
    message: `There is no network of ${depth} layers: a depth is ${choices.join(', or ')}`,
    where: 'depth',
    hint: isLarge ? `${near}; the family "cifar" has others` : near,
  });
}

/** The legal depths next below and next above; one only, beyond the ends. */
function nearestDepths(depth: number, families: readonly NetworkFamily[], block: BlockKind | undefined): number[] {
  const isLegal = (one: number) => plansOf(one, families).some((plan) => block === undefined || plan.block === block);
  const legal = Array.from({ length: MAX_DEPTH - MIN_DEPTH + 1 }, (_, index) => MIN_DEPTH + index).filter(isLegal);
  const below = legal.findLast((one) => one < depth);
  const above = legal.find((one) => one > depth);
  return [below, above].filter((one) => one !== undefined);
}

/** V1 is what activates after its convolutions, V2 what activates before them. */
function checkActivation({ version, activation, activationBeforeSplit }: NetworkRequest): void {
  const isV2 = version === 'v2';
  if (activation !== undefined && isPreactivation(activation) !== isV2) {
    throw new UserError({
      code: 'bad-input',
      message: `A network of version ${version} cannot have the order "${activation}"`,
      where: 'activation',
      hint: `It belongs to ${isV2 ? 'v1' : 'v2'}: v1 activates after its convolutions, v2 before them`,
    });
  }
  if (activationBeforeSplit === true && !isV2) {
    throw new UserError({
      code: 'bad-input',
      message: 'A network of version v1 has no activation before its first unit splits: its stem is activated',
      where: 'activationBeforeSplit',
      hint: 'Leave it out, or take version v2',
    });
  }
}
