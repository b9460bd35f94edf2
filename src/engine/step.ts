import { addPart, emptySums, takeSums, type BatchGradient } from './accumulation.ts';
import { clipByGlobalNorm } from './clipping.ts';
import { feedDrops } from './drop.ts';
import { feedDropoutSeed } from './dropout.ts';
import { joinGroups, stackGroups } from './flat.ts';
import { forward } from './forward.ts';
import { differentiate } from './gradient.ts';
import type { Node, Value } from './ir/node.ts';
import { correctAnswers, trainingLosses } from './loss.ts';
import { afterUpdates, gateOf } from './gate.ts';
import { tensorNorms } from './norms.ts';
import { observeActivations, observeUpdates, observeVariances } from './observation.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { cast } from './ops/cast.ts';
import { concat } from './ops/concat.ts';
import { constant } from './ops/constant.ts';
import { identity } from './ops/identity.ts';
import { mean } from './ops/mean.ts';
import { pack } from './ops/pack.ts';
import { placeholder } from './ops/placeholder.ts';
import { readVariable } from './ops/readVariable.ts';
import { sum } from './ops/sum.ts';
import { applyUpdate } from './optimiser.ts';
import type { Plan } from './plan.ts';
import { parametersIn } from './precision.ts';
import { FEEDS, FETCHES } from './program.ts';
import { newRunningAverages } from './runningAverages.ts';
import { planSegments } from './segments.ts';
import { updateWeightAverage } from './weightAverage.ts';

/** The signatures of training, by what they fetch. */
export type TrainingFetches = Readonly<Record<string, Value[]>>;

/**
 * One training step, whole: forward, loss, gradients, norms, clipping, weight decay, update, running averages. A step whose
 * loss, gradient or batch statistics are not finite changes nothing. What `train` fetches is a step's metrics
 * (`STEP_METRICS`, then the norms); it is there only after every update, so that whoever fetches it has made the step
 * whole. With more than one part to a batch, each part is added by `accumulate` before, with batch statistics of its own;
 * `train` then takes the sums.
 */
export function addTrainingStep(plan: Plan): TrainingFetches {
  const { graph, partSums } = plan;
  const vector = readParameters(plan);
  const pass = addPass(plan, vector);
  if (partSums === null) {
    const metrics = addUpdate(plan, vector, pass);
    return { train: [identity(graph, FETCHES.train, metrics)], ...addObservation(plan, pass, vector, metrics) };
  }
  const part = addPart(plan, partSums, pass);
  const before = readParameters(plan);
  const metrics = addUpdate(plan, before, takeSums(plan, partSums));
  return {
    accumulate: [part],
    train: [identity(graph, FETCHES.train, metrics, emptySums(plan, [metrics.node]))],
    ...addObservation(plan, pass, before, metrics),
    discard: [identity(graph, FETCHES.discard, constant(graph, 0), emptySums(plan))],
  };
}

/**
 * What is fetched beside `train` to observe a step, where the options ask for it: of its weights `before` and after, and of the
 * activations of a pass. The step is the same with and without it.
 */
function addObservation(plan: Plan, { activations }: Pass, before: Value, { node: updated }: Value): TrainingFetches {
  if (activations === null) return {};
  const { graph } = plan;
  const updates = graph.within('observation', () => observeUpdates(plan, before, [updated]));
  const variances = graph.within('observation', () => observeVariances(plan, [updated]));
  return {
    observe: [
      identity(graph, FETCHES.updates, updates),
      identity(graph, FETCHES.activations, activations),
      identity(graph, FETCHES.variances, variances),
    ],
  };
}

function readParameters({ graph, variable, layouts }: Plan): Value {
  return readVariable(graph, variable('parameters'), layouts.parameters.size);
}

interface Pass extends BatchGradient {
  /** What is observed of it; null where the options do not ask for it. */
  readonly activations: Value | null;
}

/** Forward, loss, gradients and running averages, for the images that are fed. */
function addPass(plan: Plan, vector: Value): Pass {
  const { graph, network, options, layouts, variable, partSums, images, labels, second } = plan;
  const precision = options.precision ?? 'float32';
  const parameters = graph.within('parameters', () => parametersIn(graph, vector, layouts.parameters, precision));
  const drops = feedDrops(graph, network);

  const { logits, batchMoments, layerOf, values } = forward(graph, network, {
    images,
    parameters,
    drops,
    dropoutSeed: feedDropoutSeed(graph, network),
    precision,
  });
  const losses = trainingLosses(graph, logits, labels, second, options.labelSmoothing ?? 0);
  const loss = graph.within('loss', () => mean(graph, losses, [0]));
  const segments = planSegments(network, options.recompute ?? 'off');
  const segmentOf = (node: Node) => segments.get(layerOf.get(node)!);
  const gradients = differentiate(graph, loss, parameters, segmentOf);
  const stacks = graph.within('gradient', () => stackGroups(graph, gradients, layouts.parameters));
  const averages = graph.within('averages', () =>
    newRunningAverages(
      graph,
      partSums?.averages ?? variable('statistics'),
      batchMoments,
      layouts.statistics,
      drops.keptStatistics,
    ),
  );
  const activations =
    options.observe === true
      ? graph.within('observation', () => observeActivations(graph, network, values, drops))
      : null;
  return { loss, correct: correctAnswers(graph, logits, labels), stacks, averages, activations };
}

/**
 * Norms, clipping, weight decay and update; gives the metrics, once all is updated. The norms are those of the loss's
 * gradient itself, before clipping and decay.
 */
function addUpdate(plan: Plan, vector: Value, { loss, correct, stacks, averages }: BatchGradient): Value {
  const { graph, options, layouts, variable } = plan;
  const learningRate = placeholder(graph, FEEDS.learningRate, 'float32', []);
  const norms = graph.within('norms', () => tensorNorms(graph, stacks, layouts.parameters));
  const gate = graph.within('gate', () => gateOf(graph, [loss, norms.global, sum(graph, averages, [0])]));
  const update = graph.within('update', () => {
    const gradient = joinGroups(graph, stacks, layouts.parameters);
    const clipped = clipByGlobalNorm(graph, gradient, norms.global, options.clipNorm);
    // Where a batch has parts, their gradients come from other reads: nothing but this edge has the vector read before the update.
    const after = [gate.open, vector.node];
    return applyUpdate(plan, { gradient: clipped, parameters: vector, learningRate, after });
  });
  const averaged = assignVariable(graph, variable('statistics'), averages, [gate.open]);

  const updates = [...update, averaged];
  const weightAverages = graph.within('weightAverage', () => updateWeightAverage(plan, updates));

  const applied = cast(graph, gate.isOpen, 'float32');
  const scalars = [loss, correct, norms.global, learningRate, applied];
  const metrics = graph.within('metrics', () => concat(graph, [pack(graph, scalars), norms.perTensor]));
  return graph.within('gate', () => afterUpdates(graph, gate, metrics, [...updates, ...weightAverages]));
}
