/**
 * The training step without one of its parts, to see what that costs: `--without norms` (and so without clipping), or
 * `--without gate`, in which a step whose numbers are not finite would still update.
 */
import { clipByGlobalNorm } from '../../../src/engine/clipping.ts';
import { joinGroups, stackGroups, takeApart } from '../../../src/engine/flat.ts';
import { forward } from '../../../src/engine/forward.ts';
import { afterUpdates, gateOf } from '../../../src/engine/gate.ts';
import { differentiate } from '../../../src/engine/gradient.ts';
import { inOrder } from '../../../src/engine/ir/walk.ts';
import { imageLosses } from '../../../src/engine/loss.ts';
import { tensorNorms } from '../../../src/engine/norms.ts';
import { assignVariable } from '../../../src/engine/ops/assignVariable.ts';
import { concat } from '../../../src/engine/ops/concat.ts';
import { identity } from '../../../src/engine/ops/identity.ts';
import { mean } from '../../../src/engine/ops/mean.ts';
import { pack } from '../../../src/engine/ops/pack.ts';
import { placeholder } from '../../../src/engine/ops/placeholder.ts';
import { readVariable } from '../../../src/engine/ops/readVariable.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { applyUpdate } from '../../../src/engine/optimiser.ts';
import { startPlan, type Plan } from '../../../src/engine/plan.ts';
import { FEEDS, FETCHES } from '../../../src/engine/program.ts';
import { newRunningAverages } from '../../../src/engine/runningAverages.ts';
import { writeSavedModel } from '../../../src/engine/savedModel.ts';
import { addAssign } from '../../../src/engine/stateAccess.ts';
import { initialState } from '../../../src/nets/initialise.ts';
import { decideNetwork } from '../../../src/nets/plans.ts';
import { buildNetwork } from '../../../src/nets/resnet.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { fromArguments, LEARNING_RATE, options, prepare } from './load.ts';
import { answerSteps } from './stepWorker.ts';

function addPartialStep(plan: Plan, without: 'norms' | 'gate') {
  const { graph, network, layouts, variable, images, labels } = plan;
  const learningRate = placeholder(graph, FEEDS.learningRate, 'float32', []);
  const vector = readVariable(graph, variable('parameters'), layouts.parameters.size);
  const parameters = takeApart(graph, vector, layouts.parameters);
  const { logits, batchMoments } = forward(graph, network, { images, parameters });
  const loss = mean(graph, imageLosses(graph, logits, labels), [0]);
  const stacks = stackGroups(graph, differentiate(graph, loss, parameters), layouts.parameters);
  const joined = joinGroups(graph, stacks, layouts.parameters);
  const averages = newRunningAverages(graph, variable('statistics'), batchMoments, layouts.statistics);
  const update = { parameters: vector, learningRate };
  if (without === 'norms') {
    const gate = gateOf(graph, [loss, sum(graph, averages, [0])]);
    const updates = applyUpdate(plan, { ...update, gradient: joined, after: [gate.open] });
    const averaged = assignVariable(graph, variable('statistics'), averages, [gate.open]);
    return identity(graph, FETCHES.train, afterUpdates(graph, gate, loss, [...updates, averaged]));
  }
  const norms = tensorNorms(graph, stacks, layouts.parameters);
  const gradient = clipByGlobalNorm(graph, joined, norms.global, options.clipNorm);
  const updates = applyUpdate(plan, { ...update, gradient, after: [] });
  const averaged = assignVariable(graph, variable('statistics'), averages);
  const metrics = concat(graph, [pack(graph, [loss]), norms.perTensor]);
  return identity(graph, FETCHES.train, metrics, [...updates, averaged]);
}

const load = fromArguments();
const { program, batch } = prepare(load);
const plan = startPlan(buildNetwork(decideNetwork({ version: 'v2', depth: load.depth }), program.input), options);
const fetches = [addPartialStep(plan, load.without === 'gate' ? 'gate' : 'norms'), addAssign(plan)];
const savedModel = writeSavedModel(inOrder(fetches.map(({ node }) => node)), { train: fetches });
const session = await openSession({ ...program, savedModel });
session.assign(initialState(program, 1));
await answerSteps(() => session.step(batch, LEARNING_RATE));
