/** The training step without gradient norms (and so without clipping), to see what they cost. */
import { joinGroups, stackGroups, takeApart } from '../../../src/engine/flat.ts';
import { forward } from '../../../src/engine/forward.ts';
import { differentiate } from '../../../src/engine/gradient.ts';
import { inOrder } from '../../../src/engine/ir/walk.ts';
import { imageLosses } from '../../../src/engine/loss.ts';
import { identity } from '../../../src/engine/ops/identity.ts';
import { mean } from '../../../src/engine/ops/mean.ts';
import { placeholder } from '../../../src/engine/ops/placeholder.ts';
import { readVariable } from '../../../src/engine/ops/readVariable.ts';
import { applyUpdate } from '../../../src/engine/optimiser.ts';
import { startPlan, type Plan } from '../../../src/engine/plan.ts';
import { FEEDS, FETCHES } from '../../../src/engine/program.ts';
import { updateRunningAverages } from '../../../src/engine/runningAverages.ts';
import { writeSavedModel } from '../../../src/engine/savedModel.ts';
import { addAssign } from '../../../src/engine/stateAccess.ts';
import { initialState } from '../../../src/nets/initialise.ts';
import { decideNetwork } from '../../../src/nets/plans.ts';
import { buildNetwork } from '../../../src/nets/resnet.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { fromArguments, LEARNING_RATE, options, prepare } from './load.ts';
import { answerSteps } from './stepWorker.ts';

function addBareStep(plan: Plan) {
  const { graph, network, layouts, variable, images, labels } = plan;
  const learningRate = placeholder(graph, FEEDS.learningRate, 'float32', []);
  const vector = readVariable(graph, variable('parameters'), layouts.parameters.size);
  const parameters = takeApart(graph, vector, layouts.parameters);
  const { logits, batchMoments } = forward(graph, network, { images, parameters });
  const loss = mean(graph, imageLosses(graph, logits, labels), [0]);
  const gradients = differentiate(graph, loss, parameters);
  const gradient = joinGroups(graph, stackGroups(graph, gradients, layouts.parameters), layouts.parameters);
  const update = applyUpdate(plan, { gradient, parameters: vector, learningRate });
  const averages = updateRunningAverages(graph, variable('statistics'), batchMoments, layouts.statistics);
  return identity(graph, FETCHES.train, loss, [...update, averages]);
}

const load = fromArguments();
const { program, batch } = prepare(load);
const plan = startPlan(buildNetwork(decideNetwork({ version: 'v2', depth: load.depth }), program.input), options);
const fetches = [addBareStep(plan), addAssign(plan)];
const savedModel = writeSavedModel(inOrder(fetches.map(({ node }) => node)), { train: fetches });
const session = await openSession({ ...program, savedModel });
session.assign(initialState(program, 1));
await answerSteps(() => session.step(batch, LEARNING_RATE));
