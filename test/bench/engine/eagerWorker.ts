/** Trains with tfjs-node as its documentation shows, one operation at a time; `startPeer` says how it is spoken to. */
import { architectureOf } from '../../../src/nets/architecture.ts';
import { decideNetwork } from '../../../src/nets/plans.ts';
import { initialState } from '../../../src/nets/initialise.ts';
import { eagerLoss, eagerVariables, loadEager } from '../../oracle/eager.ts';
import { PIXEL_MEAN, PIXEL_STD } from '../../oracle/numbers.ts';
import { fromArguments, LEARNING_RATE, MOMENTUM, prepare } from './load.ts';
import { answerSteps } from './stepWorker.ts';

const load = fromArguments();
const { program, batch } = prepare(load);
const tf = loadEager();
const network = architectureOf(decideNetwork({ version: 'v2', depth: load.depth }), program.input);
const variables = eagerVariables(tf, program, initialState(program, 1).parameters);
const pixels = { input: program.input, mean: PIXEL_MEAN, std: PIXEL_STD };
const optimizer = tf.train.momentum(LEARNING_RATE, MOMENTUM);

await answerSteps(() => {
  optimizer.minimize(() => eagerLoss(tf, network, variables, batch, pixels), true)?.dataSync();
});
