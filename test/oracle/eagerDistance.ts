import type { NetworkSpec } from '../../src/contract/network.ts';
import type { StepDrops, TrainingProgram } from '../../src/engine/program.ts';
import { architectureOf } from '../../src/nets/architecture.ts';
import type { Batch, TrainingSession } from '../../src/trainer/session.ts';
import { eagerLoss, eagerVariables, type ResidualFactors, type Tensorflow } from './eager.ts';
import { hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

/** Distance that float32 explains where a gradient is all but zero. */
const ROUNDING = 1e-5;

interface EagerStep {
  readonly network: NetworkSpec;
  readonly program: TrainingProgram;
  readonly batch: Batch;
  /** Which residual branches are dropped; null: none. */
  readonly drops: StepDrops | null;
}

/** How far the graph is from the eager network on one batch: of the loss, and of each gradient's norm. */
export function distanceToEager(tf: Tensorflow, session: TrainingSession, step: EagerStep) {
  const { program, batch, drops } = step;
  const state = hashedState(program);
  session.assign(state);
  const [loss] = session.step(batch, 0, drops);
  // With no decay and no momentum so far, the momentum after the step is the gradient.
  const { momentum } = session.read();
  const eager = eagerStep(tf, step, state.parameters);
  const gradients = program.parameters.map(({ name, offset, size: length }) => {
    const expected = eager.gradients.get(name)!;
    const difference = momentum!.subarray(offset, offset + length).map((value, index) => value - expected[index]!);
    return (norm(difference) - ROUNDING) / Math.max(norm(expected), ROUNDING);
  });
  return { loss: Math.abs(loss! / eager.loss - 1), gradient: Math.max(...gradients) };
}

function eagerStep(tf: Tensorflow, { network, program, batch, drops }: EagerStep, parameters: Float32Array) {
  const variables = eagerVariables(tf, program, parameters);
  const architecture = architectureOf(network, program.input);
  const pixels = { input: program.input, mean: PIXEL_MEAN, std: PIXEL_STD };
  const factors = drops === null ? undefined : residualFactors(program, drops, batch.count);
  const { value, grads } = tf.variableGrads(() => eagerLoss(tf, architecture, variables, batch, pixels, factors));
  const gradients = new Map(
    Object.entries(variables).map(([name, variable]) => [name, grads[variable.name]!.dataSync<'float32'>()]),
  );
  const loss = value.dataSync()[0]!;
  tf.dispose([variables, grads, value]);
  return { loss, gradients };
}

/** What each image's residual is multiplied by, by the name of the unit. */
function residualFactors({ drops }: TrainingProgram, drawn: StepDrops, count: number): ResidualFactors {
  const factors: Record<string, number[]> = {};
  const multiply = (addition: string, by: (image: number) => number) => {
    const unit = addition.replace(/\.add$/, '');
    const known = factors[unit] ?? new Array<number>(count).fill(1);
    factors[unit] = known.map((factor, image) => factor * by(image));
  };
  drops.stochasticDepth.forEach(({ name }, branch) => multiply(name, () => drawn.keptBranches[branch]!));
  drops.dropPath.forEach(({ name }, branch) => multiply(name, (image) => drawn.branchFactors[branch * count + image]!));
  return factors;
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
