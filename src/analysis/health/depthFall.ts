import { median } from './median.ts';

/** The share of the convolutions at either end of a network that are compared. */
const GROUPS = 10;
/** Fewer convolutions than this have no depth to compare over. */
const LEAST_CONVOLUTIONS = 4;

/** Gradient norms near the image against those near the loss, at one step. */
export interface DepthFall {
  /** Median norm of the group of convolutions nearest the image, of those that any gradient reaches. */
  readonly image: number;
  /** Median norm of the group nearest the loss; above 0. */
  readonly loss: number;
  /** image / loss. */
  readonly ratio: number;
  /** Convolutions in a group. */
  readonly size: number;
  /** Position of the smallest and of the largest norm of the group nearest the image. */
  readonly smallest: number;
  readonly largest: number;
}

/** Kernels of the convolutions between image and loss, without those of shortcuts: `stem.conv.weight`, `stage1.unit2.conv1.weight`. */
const MAIN_CONVOLUTION = /^(?:stem|stage\d+\.unit\d+)\.conv\d*\.weight$/;

/** Positions of the convolutions' kernels, a tenth of them in each group, from the image to the loss. */
function groupsOf(layers: readonly string[]): number[][] {
  const kernels = layers.flatMap((name, position) => (MAIN_CONVOLUTION.test(name) ? [position] : []));
  if (kernels.length < LEAST_CONVOLUTIONS) return [];
  const size = Math.max(1, Math.floor(kernels.length / GROUPS));
  const starts = Array.from({ length: Math.floor(kernels.length / size) - 1 }, (_, group) => group * size);
  return [...starts.map((start) => kernels.slice(start, start + size)), kernels.slice(-size)];
}

/**
 * How the norms of one step change over depth. A group whose gradients are all exactly 0 is passed over: that is what the rule of
 * dead layers is about, and the next group shows how the norms fell before them.
 */
export function depthFalls(layers: readonly string[]): (norms: Float32Array) => DepthFall | null {
  const groups = groupsOf(layers);
  const last = groups.at(-1);
  return (norms) => {
    if (last === undefined) return null;
    const loss = median(last.map((position) => norms[position]!));
    const group = groups.find((positions) => positions.some((position) => norms[position]! > 0));
    if (!(loss > 0) || group === undefined) return null;
    const reached = group.filter((position) => norms[position]! > 0);
    const image = median(reached.map((position) => norms[position]!));
    const extreme = (isBetter: (value: number, than: number) => boolean) =>
      reached.reduce((best, position) => (isBetter(norms[position]!, norms[best]!) ? position : best));
    return {
      image,
      loss,
      ratio: image / loss,
      size: group.length,
      smallest: extreme((value, than) => value < than),
      largest: extreme((value, than) => value > than),
    };
  };
}
