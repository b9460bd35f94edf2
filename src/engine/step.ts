import { clipByGlobalNorm } from './clipping.ts';
import { joinGroups, stackGroups, takeApart } from './flat.ts';
import { forward } from './forward.ts';
import { differentiate } from './gradient.ts';
import type { Node, Value } from './ir/node.ts';
import { correctAnswers, smoothedLosses } from './loss.ts';
import { afterUpdates, gateOf } from './gate.ts';
import { gradientNorms } from './norms.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { cast } from './ops/cast.ts';
import { concat } from './ops/concat.ts';
import { identity } from './ops/identity.ts';
import { mean } from './ops/mean.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { readVariable } from './ops/readVariable.ts';
import { sum } from './ops/sum.ts';
import { applyUpdate } from './optimiser.ts';
import type { Plan } from './plan.ts';
import { FEEDS, FETCHES } from './program.ts';
import { newRunningAverages } from './runningAverages.ts';
import { planSegments } from './segments.ts';
import { updateWeightAverage } from './weightAverage.ts';

/**
 * One training step, whole: forward, loss, gradients, norms, clipping, weight decay, update, running averages. A step whose
 * loss, gradient or batch statistics are not finite changes nothing. The norms
 * are those of the loss's gradient itself, before clipping and decay. The value returned is a step's metrics
 * (`STEP_METRICS`, then the norms); it is there only after every update, so that whoever fetches it has made the step
 * whole.
 */
export function addTrainingStep(plan: Plan): Value {
  const { graph, network, options, layouts, variable, images, labels } = plan;
  const learningRate = placeholder(graph, FEEDS.learningRate, 'float32', []);
  const vector = readVariable(graph, variable('parameters'), layouts.parameters.size);
  const parameters = graph.within('parameters', () => takeApart(graph, vector, layouts.parameters));

  const { logits, batchMoments, layerOf } = forward(graph, network, { images, parameters });
  const losses = smoothedLosses(graph, logits, labels, options.labelSmoothing ?? 0);
  const loss = graph.within('loss', () => mean(graph, losses, [0]));
  const segments = planSegments(network, options.recompute ?? 'off');
  const segmentOf = (node: Node) => segments.get(layerOf.get(node)!);
  const gradients = differentiate(graph, loss, parameters, segmentOf);

  const stacks = graph.within('gradient', () => stackGroups(graph, gradients, layouts.parameters));
  const norms = graph.within('norms', () => gradientNorms(graph, stacks, layouts.parameters));
  const averages = graph.within('averages', () =>
    newRunningAverages(graph, variable('statistics'), batchMoments, layouts.statistics),
  );
  const gate = graph.within('gate', () => gateOf(graph, [loss, norms.global, sum(graph, averages, [0])]));
  const update = graph.within('update', () => {
    const gradient = joinGroups(graph, stacks, layouts.parameters);
    const clipped = clipByGlobalNorm(graph, gradient, norms.global, options.clipNorm);
    return applyUpdate(plan, { gradient: clipped, parameters: vector, learningRate, after: [gate.open] });
  });
  const averaged = assignVariable(graph, variable('statistics'), averages, [gate.open]);

  const updates = [...update, averaged];
  const weightAverages = graph.within('weightAverage', () => updateWeightAverage(plan, updates));

  const applied = cast(graph, gate.isOpen, 'float32');
  const scalars = [loss, correctAnswers(graph, logits, labels), norms.global, learningRate, applied];
  const metrics = graph.within('metrics', () => concat(graph, [pack(graph, scalars), norms.perTensor]));
  const done = graph.within('gate', () => afterUpdates(graph, gate, metrics, [...updates, ...weightAverages]));
  return identity(graph, FETCHES.train, done);
}
