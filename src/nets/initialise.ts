import type { ParameterTensor, StateName, TrainingProgram, TrainingState } from '../engine/program.ts';
import { normalNumbers } from './random.ts';

/**
 * The state before the first step. Convolutions are normal with variance 2 / fan-in (He et al. 2015, "Delving Deep into
 * Rectifiers", equation 10; fan-in = window height * width * channels in), the dense layer with variance 1 / fan-in (no
 * ReLU follows), scales and running variances 1, the bias of a gate as the layer has it, all others 0. Each tensor is drawn by the seed and its own name, so the
 * start is the same on every device and does not change where the layout does.
 */
export function initialState(program: TrainingProgram, seed: number): TrainingState {
  const parameters = new Float32Array(program.parameterCount);
  for (const tensor of program.parameters) {
    const values = parameters.subarray(tensor.offset, tensor.offset + tensor.size);
    if (tensor.role === 'kernel') fillNormal(values, tensor, seed);
    else values.fill(tensor.start ?? (tensor.role === 'scale' ? 1 : 0));
  }
  const statistics = new Float32Array(program.statisticCount);
  for (const { role, offset, size } of program.statistics) {
    if (role === 'variance') statistics.fill(1, offset, offset + size);
  }
  return startState(program, parameters, statistics);
}

/** The state before the first step from these weights and running averages: what the optimiser keeps is 0, and averages are of these. */
export function startState(
  { state }: Pick<TrainingProgram, 'state'>,
  parameters: Float32Array,
  statistics: Float32Array,
): TrainingState {
  const given: Partial<Record<StateName, Float32Array>> = {
    averageParameters: parameters,
    averageStatistics: statistics,
  };
  const vectors = state.map(({ name, size }) => [name, given[name]?.slice() ?? new Float32Array(size)] as const);
  return { ...Object.fromEntries(vectors), parameters, statistics };
}

function fillNormal(values: Float32Array, { name, shape }: ParameterTensor, seed: number): void {
  const isConvolution = shape.length === 4;
  const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const deviation = Math.sqrt((isConvolution ? 2 : 1) / fanIn);
  const normal = normalNumbers(seed, name);
  for (let index = 0; index < values.length; index += 1) values[index] = deviation * normal();
}
