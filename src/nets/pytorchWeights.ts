import { UserError } from '../contract/errors.ts';
import type { NetworkTensors } from '../engine/networkTensors.ts';
import type { TrainingState } from '../engine/program.ts';
import {
  counterName,
  fromPytorchOrder,
  namingSchemeOf,
  pytorchName,
  pytorchShape,
  toPytorchOrder,
  type NamingScheme,
} from './pytorchNames.ts';

/** What a network has learnt, without what its optimiser keeps. */
export type Weights = Pick<TrainingState, 'parameters' | 'statistics'>;

/** A tensor with PyTorch's name and layout. */
export interface PytorchTensor<Values extends Float32Array | BigInt64Array = Float32Array> {
  readonly shape: readonly number[];
  readonly values: Values;
}

/** A vector laid out as the parameters, tensor by tensor, in depth order. */
export function parametersToPytorch(
  { parameters }: Pick<NetworkTensors, 'parameters'>,
  vector: Float32Array,
): Map<string, PytorchTensor> {
  const scheme = namingSchemeOf(parameters);
  return new Map(parameters.map((slice) => [pytorchName(slice, scheme), exported(slice, vector, scheme)]));
}

/** A whole `state_dict`: parameters, running averages and the counters that PyTorch keeps with them. */
export function weightsToPytorch(
  tensors: NetworkTensors,
  weights: Weights,
): Map<string, PytorchTensor<Float32Array | BigInt64Array>> {
  const scheme = namingSchemeOf(tensors.parameters);
  const statistics = tensors.statistics.flatMap((slice) => {
    const tensor = [pytorchName(slice, scheme), exported(slice, weights.statistics, scheme)] as const;
    const counter = [counterName(slice, scheme), { shape: [], values: BigInt64Array.of(0n) }] as const;
    return slice.role === 'variance' ? [tensor] : [tensor, counter];
  });
  return new Map<string, PytorchTensor<Float32Array | BigInt64Array>>([
    ...parametersToPytorch(tensors, weights.parameters),
    ...statistics,
  ]);
}

type Slice = NetworkTensors['parameters'][number] | NetworkTensors['statistics'][number];

function exported(slice: Slice, vector: Float32Array, scheme: NamingScheme): PytorchTensor {
  const values = vector.subarray(slice.offset, slice.offset + slice.size);
  return { shape: pytorchShape(slice, scheme), values: toPytorchOrder(values, slice.shape) };
}

/** Tensors of a file; `values` is null where they are no floating-point numbers. */
export type FileTensors = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly values: Float32Array | null }
>;

/** What messages call the file and the network. */
interface Names {
  readonly file: string;
  readonly network: string;
}

/**
 * A network's weights out of a file with PyTorch's names, of the whole network or of one wrapped in `DataParallel`. Throws
 * a `UserError` that names every missing, misshapen and surplus tensor with the shapes expected and found (the first few of
 * each kind).
 */
export function weightsFromPytorch(given: FileTensors, tensors: NetworkTensors, names: Names): Weights {
  const scheme = namingSchemeOf(tensors.parameters);
  const found = new Map([...withoutWrapper(given)].filter(([name]) => !name.endsWith('.num_batches_tracked')));
  const wanted = (slice: Slice) => ({ name: pytorchName(slice, scheme), shape: pytorchShape(slice, scheme) });
  return fitted(found, tensors, names, {
    wanted,
    values: (values, shape) => fromPytorchOrder(values, shape),
    advice: () => adviceFor(found, scheme),
  });
}

/** Those that the optimiser trains, or those that the run is evaluated with: their moving average, where one is kept. */
export type WeightsPurpose = 'training' | 'evaluation';

/** A network's weights out of one of Depthlab's own checkpoints; what the optimiser keeps is passed over. */
export function weightsFromCheckpoint(
  given: FileTensors,
  tensors: NetworkTensors,
  names: Names & { readonly purpose: WeightsPurpose },
): Weights {
  const isAveraged = [...given.keys()].some((name) => name.startsWith('averageParameters/'));
  const [parameters, statistics] =
    isAveraged && names.purpose === 'evaluation'
      ? ['averageParameters', 'averageStatistics']
      : ['parameters', 'statistics'];
  const isMeant = (name: string) => name.startsWith(`${parameters}/`) || name.startsWith(`${statistics}/`);
  const found = new Map([...given].filter(([name]) => isMeant(name)));
  const wanted = ({ name, role, shape }: Slice) => ({
    name: `${role === 'mean' || role === 'variance' ? statistics : parameters}/${name}`,
    shape,
  });
  return fitted(found, tensors, names, { wanted, values: (values) => values, advice: () => '' });
}

interface Fit {
  readonly wanted: (slice: Slice) => { readonly name: string; readonly shape: readonly number[] };
  /** The file's elements in our order; `shape` is ours. */
  readonly values: (values: Float32Array, shape: readonly number[]) => Float32Array;
  readonly advice: () => string;
}

function fitted(found: FileTensors, tensors: NetworkTensors, names: Names, { wanted, values, advice }: Fit): Weights {
  const missing: string[] = [];
  const misshapen: string[] = [];
  const surplus = new Set(found.keys());

  function fill(slices: readonly Slice[], size: number): Float32Array {
    const vector = new Float32Array(size);
    for (const slice of slices) {
      const { name, shape } = wanted(slice);
      surplus.delete(name);
      const tensor = found.get(name);
      if (tensor === undefined) missing.push(`${name} ${text(shape)}`);
      else if (tensor.values === null) misshapen.push(`${name} holds no floating-point numbers`);
      else if (!isSameShape(tensor.shape, shape))
        misshapen.push(`${name} is ${text(tensor.shape)}, not ${text(shape)}`);
      else vector.set(values(tensor.values, slice.shape), slice.offset);
    }
    return vector;
  }

  const weights = {
    parameters: fill(tensors.parameters, tensors.parameterCount),
    statistics: fill(tensors.statistics, tensors.statisticCount),
  };
  const faults = [
    list('missing', missing),
    list('of another shape', misshapen),
    list(
      'surplus',
      [...surplus].map((name) => `${name} ${text(found.get(name)!.shape)}`),
    ),
  ].filter((part) => part !== '');
  if (faults.length === 0) return weights;
  throw new UserError({
    code: 'bad-input',
    message: `${names.file} does not fit ${names.network}: ${faults.join('; ')}`,
    where: names.file,
    hint: advice(),
  });
}

/** More would fill the screen; the number says how many there are. */
const NAMED = 5;

function list(what: string, entries: readonly string[]): string {
  if (entries.length === 0) return '';
  const rest = entries.length > NAMED ? ` and ${entries.length - NAMED} more` : '';
  return `${entries.length} ${what} (${entries.slice(0, NAMED).join(', ')}${rest})`;
}

function text(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** timm's head is a 1x1 convolution, or a matrix where it was made one: both say the same. */
function isSameShape(found: readonly number[], wanted: readonly number[]): boolean {
  const trimmed = (shape: readonly number[]) =>
    shape.length === 4 && shape[2] === 1 && shape[3] === 1 ? shape.slice(0, 2) : shape;
  const [left, right] = [trimmed(found), trimmed(wanted)];
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

const WRAPPER = 'module.';

function withoutWrapper(given: FileTensors): FileTensors {
  const names = [...given.keys()];
  if (names.length === 0 || !names.every((name) => name.startsWith(WRAPPER))) return given;
  return new Map([...given].map(([name, tensor]) => [name.slice(WRAPPER.length), tensor]));
}

function adviceFor(found: FileTensors, scheme: NamingScheme): string {
  if (scheme === 'timm' && found.has('fc.weight'))
    return "Its names are torchvision's: a network of version V1 has them";
  if (scheme === 'torchvision' && found.has('head.fc.weight'))
    return "Its names are those of timm's resnetv2: a network of version V2 has them";
  return "Names and shapes are torchvision's for V1, and those of timm's resnetv2 for V2";
}

/** What the weights in a file say of the network that they are for; a part is null where they do not say it. */
export interface Hints {
  readonly classes: number | null;
  readonly channels: number | null;
  /** Side of the stem's window. */
  readonly window: number | null;
}

export function hintsOf(given: FileTensors): Hints {
  const tensors = withoutWrapper(given);
  const head = tensors.get('fc.weight') ?? tensors.get('head.fc.weight');
  const stem = tensors.get('conv1.weight') ?? tensors.get('stem.conv.weight');
  if (head !== undefined && stem !== undefined)
    return { classes: head.shape[0] ?? null, channels: stem.shape[1] ?? null, window: stem.shape[2] ?? null };
  const ownStem = tensors.get('parameters/stem.conv.weight');
  return {
    classes: tensors.get('parameters/head.dense.weight')?.shape[1] ?? null,
    channels: ownStem?.shape[2] ?? null,
    window: ownStem?.shape[0] ?? null,
  };
}
