import { checkpointOf } from '../../analysis/chosenCheckpoint.ts';
import type { DataReference } from '../../contract/data.ts';
import type { CheckpointChoice } from '../../contract/run.ts';
import type { Subject } from '../../contract/task.ts';
import type { Handlers } from '../../link/rpc.ts';
import { runTask } from '../task.ts';
import { withProgress } from '../withProgress.ts';
import type { HandlerContext } from './context.ts';

/** What is measured of a run's checkpoint on request, each in a process of its own. */
export function runMeasurementHandlers(context: HandlerContext): Pick<Handlers, 'runs.verifyIdentity'> {
  const { options } = context;
  return {
    'runs.verifyIdentity': ({ id, checkpoint, ...choices }, signal) => {
      const { subject, data } = trainedRun(context, id, checkpoint);
      return withProgress(async (onProgress) => {
        const request = { subject, data, ...choices };
        const child = await options.launcher.task();
        return {
          type: 'result' as const,
          result: await runTask(child, 'verifyIdentity', request, { onProgress, signal }),
        };
      }, signal);
    },
  };
}

/** A run's network with the weights of a checkpoint, and its data; null where that is no longer there. */
function trainedRun(
  { store, data }: HandlerContext,
  id: number,
  choice: CheckpointChoice,
): { subject: Subject; data: DataReference | null } {
  const detail = store.runs.detail(id);
  const { network, input, data: name } = detail.run;
  const checkpoint = checkpointOf(detail, choice);
  const isThere = data.list().some((info) => info.name === name);
  const reference = isThere ? data.find(name) : null;
  const own = reference === null ? {} : { data: reference };
  return { subject: { kind: 'run', runId: id, network, input, ...own, checkpoint }, data: reference };
}
