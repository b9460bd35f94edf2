import * as v from 'valibot';
import type { WorkProgress } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { FromTask, tasks, type TaskName, type TaskRequest, type TaskResult } from '../contract/task.ts';
import { parseOrThrow } from '../link/validate.ts';
import { exitReason } from './exitReason.ts';
import type { TaskProcess } from './launcher.ts';

export interface TaskOptions {
  readonly onProgress?: (progress: WorkProgress) => void;
  /** Ends the process at once; the task rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Has a task done by a process of its own, which is gone when this settles. Rejects with the task's `UserError`, or with one
 * that says how the process ended.
 */
export function runTask<Name extends TaskName>(
  child: TaskProcess,
  task: Name,
  request: TaskRequest<Name>,
  { onProgress = () => undefined, signal }: TaskOptions = {},
): Promise<TaskResult<Name>> {
  return new Promise((resolve, reject) => {
    child.channel.onMessage((incoming) => {
      const parsed = v.safeParse(FromTask, incoming);
      if (!parsed.success) return reject(new UserError({ code: 'failed', message: 'The answer breaks the contract' }));
      const { output } = parsed;
      if (output.type === 'progress') return onProgress(output.progress);
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
    if (signal?.aborted === true) child.kill();
    signal?.addEventListener('abort', () => child.kill());
    child.channel.send({ task, request });
  });
}
