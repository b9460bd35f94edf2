import { droppedBranches } from './drop.ts';
import { addEvaluation } from './evaluation.ts';
import type { Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { LayerGraph } from './layers/layer.ts';
import { observedLayersOf } from './observation.ts';
import { startPlan } from './plan.ts';
import type { ProgramOptions, TrainingProgram } from './program.ts';
import { writeSavedModel } from './savedModel.ts';
import { addAssign, addRead } from './stateAccess.ts';
import { addTrainingStep } from './step.ts';

/** Compiles a network to one TensorFlow graph that trains, evaluates, and gives and takes its state. */
export function compileNetwork(network: LayerGraph, options: ProgramOptions): Omit<TrainingProgram, 'input'> {
  const plan = startPlan(network, options);
  const signatures: Record<string, Value[]> = {
    ...addTrainingStep(plan),
    evaluate: [addEvaluation(plan)],
    read: addRead(plan),
    assign: [addAssign(plan)],
  };
  const fetches = Object.values(signatures).flat();
  const nodes = inOrder(fetches.map(({ node }) => node));
  const { parameters, statistics } = plan.layouts;
  return {
    savedModel: writeSavedModel(nodes, signatures),
    parameters: parameters.tensors,
    parameterCount: parameters.size,
    statistics: statistics.tensors,
    statisticCount: statistics.size,
    state: plan.state,
    drops: droppedBranches(network),
    observedLayers: options.observe === true ? observedLayersOf(network) : null,
    microBatches: options.microBatches ?? 1,
    graphNodes: nodes.length,
  };
}
