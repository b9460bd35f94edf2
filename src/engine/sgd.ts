import type { Node } from './ir/node.ts';
import { add } from './ops/add.ts';
import { applyMomentum } from './ops/applyMomentum.ts';
import { constant } from './ops/constant.ts';
import type { Update } from './optimiser.ts';
import type { Plan } from './plan.ts';
import type { OptimiserOptions } from './program.ts';
import { weightDecayOf } from './weightDecay.ts';

/**
 * SGD with momentum, in the form of PyTorch's without dampening: g <- gradient + weightDecay * w; v <- momentum * v + g;
 * w <- w - learningRate * v (heavy ball, Polyak 1964), or w <- w - learningRate * (g + momentum * v) (Nesterov's, as
 * Sutskever et al. 2013 have it).
 */
export function applySgd(
  { graph, layouts, options, variable }: Plan,
  { momentum, nesterov }: Extract<OptimiserOptions, { kind: 'sgd' }>,
  { gradient, parameters, learningRate, after }: Update,
): readonly Node[] {
  const decay = weightDecayOf(graph, parameters, options, layouts.parameters);
  const update = applyMomentum(graph, {
    parameters: variable('parameters'),
    momentum: variable('momentum'),
    learningRate,
    gradient: decay === null ? gradient : add(graph, gradient, decay),
    keep: constant(graph, momentum),
    nesterov,
    after,
  });
  return [update];
}
