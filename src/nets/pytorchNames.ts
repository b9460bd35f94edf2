import type { ParameterRole, StatisticRole } from '../engine/program.ts';

/**
 * Our names and PyTorch's. `torchvision`: `conv1.weight`, `layer1.0.bn2.running_mean`, `fc.weight` (torchvision's ResNet).
 * `timm`: `stem.conv.weight`, `stages.0.blocks.0.norm2.running_mean`, `head.fc.weight` (timm's resnetv2).
 */
export type NamingScheme = 'torchvision' | 'timm';

interface Named {
  readonly name: string;
}

interface Owned extends Named {
  readonly shape: readonly number[];
  readonly role: ParameterRole | StatisticRole;
}

/** Networks that normalise their stem are named as torchvision's (V1), all others as timm's (V2). */
export function namingSchemeOf(parameters: readonly Named[]): NamingScheme {
  return parameters.some(({ name }) => name === 'stem.bn.gamma') ? 'torchvision' : 'timm';
}

const LEAVES: Readonly<Record<ParameterRole | StatisticRole, string>> = {
  kernel: 'weight',
  scale: 'weight',
  shift: 'bias',
  bias: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
};

/** Layers outside of the units. */
const OUTSIDE: Readonly<Record<NamingScheme, Readonly<Record<string, string>>>> = {
  torchvision: { 'stem.conv': 'conv1', 'stem.bn': 'bn1', 'head.bn': 'norm', 'head.dense': 'fc' },
  timm: { 'stem.conv': 'stem.conv', 'stem.bn': 'stem.norm', 'head.bn': 'norm', 'head.dense': 'head.fc' },
};

/** Both have squeeze and excitation as two 1x1 convolutions. */
const SQUEEZE: readonly (readonly [RegExp, string])[] = [
  [/^se\.reduce$/, 'se.fc1'],
  [/^se\.expand$/, 'se.fc2'],
];

/** Layers of a unit; what is not among them keeps its name. */
const INSIDE: Readonly<Record<NamingScheme, readonly (readonly [RegExp, string])[]>> = {
  torchvision: [[/^shortcut\.conv$/, 'downsample.0'], [/^shortcut\.bn$/, 'downsample.1'], ...SQUEEZE],
  timm: [
    [/^shortcut\.conv$/, 'downsample.conv'],
    [/^shortcut\.bn$/, 'downsample.norm'],
    [/^bn(\d+)$/, 'norm$1'],
    ...SQUEEZE,
  ],
};

/** The name that PyTorch has for one of our tensors: `stage1.unit2.bn1.gamma` -> `layer1.1.bn1.weight`. */
export function pytorchName({ name, role }: Pick<Owned, 'name' | 'role'>, scheme: NamingScheme): string {
  const layer = name.slice(0, name.lastIndexOf('.'));
  return `${layerName(layer, scheme)}.${LEAVES[role]}`;
}

/** The counter of batches that a batch norm of PyTorch keeps beside its mean. */
export function counterName(mean: Pick<Owned, 'name' | 'role'>, scheme: NamingScheme): string {
  return pytorchName(mean, scheme).replace(/running_mean$/, 'num_batches_tracked');
}

function layerName(layer: string, scheme: NamingScheme): string {
  const match = /^stage(\d+)\.unit(\d+)\.(.+)$/.exec(layer);
  if (!match) return OUTSIDE[scheme][layer] ?? layer;
  const [stage, unit, own = ''] = [Number(match[1]), Number(match[2]) - 1, match[3]];
  const rule = INSIDE[scheme].find(([pattern]) => pattern.test(own));
  const inside = rule ? own.replace(rule[0], rule[1]) : own;
  return scheme === 'torchvision' ? `layer${stage}.${unit}.${inside}` : `stages.${stage - 1}.blocks.${unit}.${inside}`;
}

/** The shape of one of our tensors in PyTorch: kernels [out, in, height, width], dense [out, in]. */
export function pytorchShape({ name, shape }: Pick<Owned, 'name' | 'shape'>, scheme: NamingScheme): readonly number[] {
  const [first = 0, second = 0, third = 0, fourth = 0] = shape;
  if (shape.length === 4) return [fourth, third, first, second];
  if (shape.length !== 2) return shape;
  // timm's head is a 1x1 convolution, as squeeze and excitation is.
  return name === 'head.dense.weight' && scheme === 'torchvision' ? [second, first] : [second, first, 1, 1];
}

/** Our elements in PyTorch's order: [height, width, in, out] -> [out, in, height, width], [in, out] -> [out, in]. */
export function toPytorchOrder(values: Float32Array, shape: readonly number[]): Float32Array {
  const { outer, inner, across } = axesOf(shape);
  return permute(values, [across, inner, outer]);
}

/** The inverse of `toPytorchOrder`; `shape` is ours. */
export function fromPytorchOrder(values: Float32Array, shape: readonly number[]): Float32Array {
  const { outer, inner, across } = axesOf(shape);
  return permute(values, [outer, inner, across]);
}

/** The window's positions, channels in and channels out of a kernel; a vector is one position with one channel in. */
function axesOf(shape: readonly number[]): { across: number; inner: number; outer: number } {
  if (shape.length < 2) return { across: 1, inner: 1, outer: shape[0] ?? 1 };
  const [inner = 1, outer = 1] = shape.slice(-2);
  return { across: shape.slice(0, -2).reduce((product, size) => product * size, 1), inner, outer };
}

/** [a, b, c] -> [c, b, a] */
function permute(values: Float32Array, [a, b, c]: readonly [number, number, number]): Float32Array {
  const result = new Float32Array(values.length);
  let from = 0;
  for (let i = 0; i < a; i += 1) {
    for (let j = 0; j < b; j += 1) {
      for (let k = 0; k < c; k += 1) result[(k * b + j) * a + i] = values[from++]!;
    }
  }
  return result;
}
