import { takeApart } from './flat.ts';
import { forward } from './forward.ts';
import type { Value } from './ir/node.ts';
import { correctAnswers, imageLosses } from './loss.ts';
import { identity } from './ops/identity.ts';
import { pack } from './ops/pack.ts';
import { readVariable } from './ops/readVariable.ts';
import { sum } from './ops/sum.ts';
import type { Plan } from './plan.ts';
import { FETCHES } from './program.ts';
import { evaluatedVectors } from './weightAverage.ts';

/** The network with its running averages, and with the moving average of the weights where it is kept: [sum of the images' losses, number of correct answers]. Changes nothing. */
export function addEvaluation(plan: Plan): Value {
  const { graph, network, layouts, variable, images, labels } = plan;
  const vectors = evaluatedVectors(plan);
  return graph.within('evaluation', () => {
    const apart = (name: 'parameters' | 'statistics') =>
      takeApart(graph, readVariable(graph, variable(vectors[name]), layouts[name].size), layouts[name]);
    const { logits } = forward(graph, network, {
      images,
      parameters: apart('parameters'),
      statistics: apart('statistics'),
    });
    const lossSum = graph.within('loss', () => sum(graph, imageLosses(graph, logits, labels), [0]));
    return identity(graph, FETCHES.evaluate, pack(graph, [lossSum, correctAnswers(graph, logits, labels)]));
  });
}
