import { CLOSING_SIGNALS, signalReason } from '../contract/closing.ts';
import { UserError } from '../contract/errors.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import { connectToParent } from '../link/parent.ts';
import { createControl, type StartMessage } from './control.ts';
import { prepareRun } from './prepareRun.ts';
import { createReporter } from './report.ts';
import { trainRun } from './trainRun.ts';

/**
 * The trainer process: one run, then it exits by itself. It runs as Electron's utility process and as a child that Node
 * forked. Nothing is written to the standard output; what libraries write to the standard error are its last words.
 */

/** What Electron needs to pass on the last message; a Node process waits for its pipe by itself. */
const ELECTRON_EXIT_MS = 250;
/** After an error that nobody caught the loop may still be training: it is cut off then. */
const CUT_OFF_MS = 1000;

const channel = connectToParent<unknown, FromTrainer>();
const control = createControl(channel);
let start: StartMessage | null = null;
let lastStep = 0;

const send = (message: FromTrainer) => {
  if (message.type === 'steps') lastStep = message.frame.firstStep + message.frame.count - 1;
  channel.send(message);
};

/** Ends the process when everything sent has left it. */
const leave = (code: number) => {
  process.exitCode = code;
  if (process.channel) process.channel.unref();
  else setTimeout(() => process.exit(), ELECTRON_EXIT_MS);
};

const fail = (error: unknown) => {
  const failure = UserError.from(error);
  if (start) createReporter(start, send)({ type: 'failed', error: failure.toData(), step: lastStep });
  // Before it was told its run, the trainer has no message to send.
  else process.stderr.write(`${failure.message}\n`);
  leave(1);
};

// Without a host there is nobody to train for, and nobody to write down what was trained.
channel.onClose(() => process.exit(1));
process.on('uncaughtException', (error) => {
  fail(error);
  setTimeout(() => process.exit(), CUT_OFF_MS).unref();
});
for (const signal of CLOSING_SIGNALS) {
  // It may reach the whole process group: the host's own stop then finds this one already asked for.
  process.on(signal, () => control.stop(signalReason(signal)));
}

try {
  start = await control.start;
  const run = await prepareRun(start);
  await trainRun(run, control, createReporter(start, send));
  await run.batches.close();
  await run.evaluationBatches.close();
  run.session.close();
  leave(0);
} catch (error) {
  fail(error);
}
