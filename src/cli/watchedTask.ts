import { UserError } from '../contract/errors.ts';
import type { TaskName, TaskRequest, TaskResult } from '../contract/task.ts';
import { forkChild } from '../host/forkLauncher.ts';
import { runTask } from '../host/task.ts';
import { onInterrupt } from './interrupt.ts';
import { createProgress } from './progress.ts';
import { TASK_FILE } from './session.ts';
import { workLines } from './workLines.ts';

/** Has a task done, with its progress on stderr. Ctrl-C ends its process, and rejects. */
export async function watchedTask<Name extends TaskName>(
  task: Name,
  request: TaskRequest<Name>,
): Promise<TaskResult<Name>> {
  const progress = createProgress();
  const cancel = new AbortController();
  const interrupt = onInterrupt(() => cancel.abort());
  try {
    return await runTask(forkChild(TASK_FILE), task, request, {
      onProgress: (work) => progress.show(workLines(work)),
      signal: cancel.signal,
    });
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    throw new UserError({ code: 'failed', message: 'Cancelled' });
  } finally {
    interrupt.dispose();
    progress.end();
  }
}
