import * as v from 'valibot';
import { UserError } from '../contract/errors.ts';
import { FromTask, tasks, type TaskName, type TaskRequest, type TaskResult, type ToTask } from '../contract/task.ts';
import { parseOrThrow } from '../link/validate.ts';
import { exitReason } from './exitReason.ts';
import { forkChild } from './forkLauncher.ts';

/**
 * Has a task done by a process of its own, which is gone when this settles. `taskFile` is the bundle of
 * `trainer/task/main.ts`. Rejects with the task's `UserError`, or with one that says how the process ended.
 */
export function runTask<Name extends TaskName>(
  taskFile: string,
  task: Name,
  request: TaskRequest<Name>,
): Promise<TaskResult<Name>> {
  const child = forkChild<ToTask>(taskFile);
  return new Promise((resolve, reject) => {
    child.channel.onMessage((incoming) => {
      const parsed = v.safeParse(FromTask, incoming);
      if (!parsed.success) return reject(new UserError({ code: 'failed', message: 'The answer breaks the contract' }));
      const { output } = parsed;
      if (output.type === 'error') return reject(new UserError(output.error));
      try {
        const subject = `The answer of ${task}`;
        resolve(parseOrThrow(tasks[task].result, output.result, { code: 'failed', subject }));
      } catch (error) {
        reject(UserError.from(error));
      }
    });
    child.onExit((exit) => {
      // After an answer this changes nothing.
      reject(new UserError({ code: 'failed', message: exitReason(exit, `The process for "${task}"`) }));
    });
    child.channel.send({ task, request });
  });
}
