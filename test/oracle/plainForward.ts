import type { Layer, LayerGraph } from '../../src/engine/layers/layer.ts';

/** Numbers of a batch in float64, [count, height, width, channels] or [count, channels], row-major. */
export interface Activation {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Parameter tensors by name, as a network's layers own them. */
type Tensors = Readonly<Record<string, Float32Array>>;

const EPSILON = 1e-5;

/** What each layer gives in training mode, by loops in float64: for networks of convolutions, batch norms, ReLUs and identity shortcuts. */
export function plainForward(
  { layers }: LayerGraph,
  tensors: Tensors,
  count: number,
  images: Float64Array,
): ReadonlyMap<Layer, Activation> {
  const outputs = new Map<Layer, Activation>();
  for (const layer of layers) {
    const [one, other] = layer.inputs.map((input) => outputs.get(input)!);
    const values = compute(layer, tensors, count, images, one, other);
    outputs.set(layer, { shape: [count, ...layer.shape], values });
    // The head's pool and product have no ReLU after them.
    if (layer.kind === 'globalPool') break;
  }
  return outputs;
}

function compute(
  layer: Layer,
  tensors: Tensors,
  count: number,
  images: Float64Array,
  one: Activation | undefined,
  other: Activation | undefined,
): Float64Array {
  switch (layer.kind) {
    case 'images':
      return images;
    case 'convolution':
      return convolved(one!, tensors[layer.parameters[0]!.name]!, [count, ...layer.shape], layer);
    case 'batchNorm':
      return normalised(one!, tensors[layer.parameters[0]!.name]!, tensors[layer.parameters[1]!.name]!);
    case 'relu':
      return one!.values.map((value) => Math.max(0, value));
    case 'addition':
      return one!.values.map((value, index) => value + other!.values[index]!);
    case 'globalPool':
      return new Float64Array(0);
    default:
      throw new Error(`No loop for ${layer.kind}`);
  }
}

function convolved(
  { shape, values }: Activation,
  kernel: Float32Array,
  [count, height, width, channels]: readonly number[],
  { stride, padding, parameters }: { stride: number; padding: number; parameters: Layer['parameters'] },
): Float64Array {
  const [, rows, columns, depth] = shape as [number, number, number, number];
  const window = parameters[0]!.shape[0]!;
  const result = new Float64Array(count! * height! * width! * channels!);
  let place = 0;
  for (let image = 0; image < count!; image += 1) {
    for (let y = 0; y < height!; y += 1) {
      for (let x = 0; x < width!; x += 1) {
        for (let tap = 0; tap < window * window; tap += 1) {
          const row = y * stride + Math.floor(tap / window) - padding;
          const column = x * stride + (tap % window) - padding;
          if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
          const from = ((image * rows + row) * columns + column) * depth;
          for (let input = 0; input < depth; input += 1) {
            const value = values[from + input]!;
            const weights = (tap * depth + input) * channels!;
            for (let output = 0; output < channels!; output += 1) {
              result[place + output]! += value * kernel[weights + output]!;
            }
          }
        }
        place += channels!;
      }
    }
  }
  return result;
}

function normalised({ shape, values }: Activation, scale: Float32Array, shift: Float32Array): Float64Array {
  const channels = shape.at(-1)!;
  const size = values.length / channels;
  const means = new Float64Array(channels);
  const variances = new Float64Array(channels);
  values.forEach((value, index) => (means[index % channels]! += value / size));
  values.forEach((value, index) => (variances[index % channels]! += (value - means[index % channels]!) ** 2 / size));
  return values.map((value, index) => {
    const channel = index % channels;
    return scale[channel]! * ((value - means[channel]!) / Math.sqrt(variances[channel]! + EPSILON)) + shift[channel]!;
  });
}
