/** Trains with this engine; `startPeer` says how it is spoken to. */
import { drawDrops } from '../../../src/nets/drop.ts';
import { initialState } from '../../../src/nets/initialise.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { fromArguments, LEARNING_RATE, prepare } from './load.ts';
import { answerSteps } from './stepWorker.ts';

const load = fromArguments();
const { program, batch } = prepare(load);
const session = await openSession(program);
session.assign(initialState(program, 1));
let step = 0;
await answerSteps(() => {
  step += 1;
  const drops = drawDrops(program, { seed: 1, step, images: load.batchSize });
  if (load.observes === true) session.observedStep(batch, LEARNING_RATE, drops);
  else session.step(batch, LEARNING_RATE, drops);
});
