import * as v from 'valibot';
import { UserError } from '../../contract/errors.ts';
import { tasks, ToTask, type FromTask, type TaskName, type TaskRequest, type TaskResult } from '../../contract/task.ts';
import { connectToParent } from '../../link/parent.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { evaluate } from './evaluate.ts';
import { gradients } from './gradients.ts';
import { importData } from './importData.ts';
import { lossSurface } from './lossSurface.ts';
import { predict } from './predict.ts';
import type { TellProgress } from './progress.ts';
import { sampleData } from './sampleData.ts';
import { verifyIdentity } from './verifyIdentity.ts';
import { weights } from './weights.ts';

/** The task process: it is asked once, answers and exits. What a task needs is loaded here and not in the process that asks. */

type Handlers = {
  readonly [Name in TaskName]: (
    request: TaskRequest<Name>,
    tell: TellProgress,
  ) => TaskResult<Name> | Promise<TaskResult<Name>>;
};

/** What Electron needs to pass on the last message; a Node process waits for its pipe by itself. */
const ELECTRON_EXIT_MS = 250;

const handlers: Handlers = {
  gradients,
  weights,
  evaluate,
  importData,
  sampleData,
  predict,
  verifyIdentity,
  lossSurface,
};

async function perform<Name extends TaskName>(
  task: Name,
  request: unknown,
  tell: TellProgress,
): Promise<TaskResult<Name>> {
  const parsed = parseOrThrow(tasks[task].request, request, { code: 'bad-input', subject: task });
  return handlers[task](parsed, tell);
}

async function answer(incoming: unknown, tell: TellProgress): Promise<FromTask> {
  try {
    const { task, request } = v.parse(ToTask, incoming);
    return { type: 'result', result: await perform(task, request, tell) };
  } catch (error) {
    return { type: 'error', error: UserError.from(error).toData() };
  }
}

const channel = connectToParent<unknown, FromTask>();
// Whoever asked is gone.
channel.onClose(() => process.exit(1));
channel.onMessage((incoming) => {
  void answer(incoming, (progress) => channel.send({ type: 'progress', progress })).then((reply) => {
    channel.send(reply);
    // The process ends by itself when the answer has left it.
    if (process.channel) process.channel.unref();
    else setTimeout(() => process.exit(), ELECTRON_EXIT_MS);
  });
});
