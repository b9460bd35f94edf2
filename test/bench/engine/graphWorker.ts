/** Trains with this engine; `startPeer` says how it is spoken to. */
import { initialState } from '../../../src/nets/initialise.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { fromArguments, LEARNING_RATE, prepare } from './load.ts';
import { answerSteps } from './stepWorker.ts';

const { program, batch } = prepare(fromArguments());
const session = await openSession(program);
session.assign(initialState(program, 1));
await answerSteps(() => session.step(batch, LEARNING_RATE));
