import * as v from 'valibot';
import { UserError } from '../../contract/errors.ts';
import { tasks, ToTask, type FromTask, type TaskName, type TaskRequest, type TaskResult } from '../../contract/task.ts';
import { connectToParent } from '../../link/parent.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { evaluate } from './evaluate.ts';
import { gradients } from './gradients.ts';
import { predict } from './predict.ts';
import { weights } from './weights.ts';

/** The task process: it is asked once, answers and exits. TensorFlow is loaded here and not in the process that asks. */

type Handlers = {
  readonly [Name in TaskName]: (request: TaskRequest<Name>) => TaskResult<Name> | Promise<TaskResult<Name>>;
};

const handlers: Handlers = { gradients, weights, evaluate, predict };

async function perform<Name extends TaskName>(task: Name, request: unknown): Promise<TaskResult<Name>> {
  const parsed = parseOrThrow(tasks[task].request, request, { code: 'bad-input', subject: task });
  return handlers[task](parsed);
}

async function answer(incoming: unknown): Promise<FromTask> {
  try {
    const { task, request } = v.parse(ToTask, incoming);
    return { type: 'result', result: await perform(task, request) };
  } catch (error) {
    return { type: 'error', error: UserError.from(error).toData() };
  }
}

const channel = connectToParent<unknown, FromTask>();
// Whoever asked is gone.
channel.onClose(() => process.exit(1));
channel.onMessage((incoming) => {
  void answer(incoming).then((reply) => {
    channel.send(reply);
    // The process ends by itself when the answer has left it.
    process.channel?.unref();
  });
});
