import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { add } from './ops/add.ts';
import { applyAdam } from './ops/applyAdam.ts';
import { assignSubtract } from './ops/assignSubtract.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { constant } from './ops/constant.ts';
import { divide } from './ops/divide.ts';
import { exponentialMinusOne } from './ops/exponentialMinusOne.ts';
import { multiply } from './ops/multiply.ts';
import { readVariable } from './ops/readVariable.ts';
import { reshape } from './ops/reshape.ts';
import { squareRoot } from './ops/squareRoot.ts';
import type { Update } from './optimiser.ts';
import type { Plan } from './plan.ts';
import type { OptimiserOptions } from './program.ts';
import { weightDecayOf } from './weightDecay.ts';

/**
 * AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), in the form of `torch.optim.AdamW`. With g the clipped
 * gradient, t the number of this update, r the learning rate:
 *
 * m <- beta1 * m + (1 - beta1) * g; v <- beta2 * v + (1 - beta2) * g^2
 * w <- w - r * weightDecay * w - r * (m / c1) / (sqrt(v / c2) + epsilon), with c = 1 - beta^t
 *
 * The fused operation takes r * sqrt(c2) / c1 for its rate and epsilon * sqrt(c2) for its epsilon, which is the same.
 */
export function applyAdamW(
  { graph, layouts, options, variable }: Plan,
  { beta1, beta2, epsilon }: Extract<OptimiserOptions, { kind: 'adamw' }>,
  { gradient, parameters, learningRate, after }: Update,
): readonly Node[] {
  const updates = add(graph, readVariable(graph, variable('updates'), 1), constant(graph, [1]));
  const count = reshape(graph, updates, []);
  const secondRoot = squareRoot(graph, biasCorrection(graph, beta2, count));
  const update = applyAdam(graph, {
    parameters: variable('parameters'),
    firstMoment: variable('firstMoment'),
    secondMoment: variable('secondMoment'),
    rate: multiply(graph, learningRate, divide(graph, secondRoot, biasCorrection(graph, beta1, count))),
    beta1: constant(graph, beta1),
    beta2: constant(graph, beta2),
    epsilon: multiply(graph, constant(graph, epsilon), secondRoot),
    gradient,
    after,
  });
  const counted = assignVariable(graph, variable('updates'), updates, after);
  const decay = weightDecayOf(graph, parameters, options, layouts.parameters);
  if (decay === null) return [update, counted];
  return [counted, assignSubtract(graph, variable('parameters'), multiply(graph, learningRate, decay), [update])];
}

/**
 * 1 - beta^count, as -expm1(count * ln beta): a power of 0.999 in float32 would leave four digits of the difference. The
 * operation works with beta in float32, and the correction must be of the same.
 */
function biasCorrection(graph: Graph, beta: number, count: Value): Value {
  if (beta === 0) return constant(graph, 1);
  const power = exponentialMinusOne(graph, multiply(graph, count, constant(graph, Math.log(Math.fround(beta)))));
  return multiply(graph, power, constant(graph, -1));
}
