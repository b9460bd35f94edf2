/** From nothing to the first finished step, then the end: its parent holds the clock. */
import { initialState } from '../../../src/nets/initialise.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { fromArguments, LEARNING_RATE, prepare } from './load.ts';

const { program, batch } = prepare(fromArguments());
const session = await openSession(program);
session.assign(initialState(program, 1));
const [loss] = session.step(batch, LEARNING_RATE);
process.stdout.write(`${JSON.stringify({ loss, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`);
