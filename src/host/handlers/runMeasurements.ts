import { checkpointOf } from '../../analysis/chosenCheckpoint.ts';
import type { CheckpointChoice } from '../../contract/run.ts';
import type { Subject, TaskName, TaskRequest } from '../../contract/task.ts';
import type { Handlers } from '../../link/rpc.ts';
import { runTask } from '../task.ts';
import { withProgress } from '../withProgress.ts';
import type { HandlerContext } from './context.ts';

type RunMeasurements = 'runs.verifyIdentity' | 'runs.lossSurface';

/** What is measured of a run's checkpoint on request, each in a process of its own. */
export function runMeasurementHandlers(context: HandlerContext): Pick<Handlers, RunMeasurements> {
  const { options, data, store } = context;
  const measure = <Name extends TaskName>(task: Name, request: TaskRequest<Name>, signal: AbortSignal) =>
    withProgress(async (onProgress) => {
      const child = await options.launcher.task();
      return { type: 'result' as const, result: await runTask(child, task, request, { onProgress, signal }) };
    }, signal);
  return {
    'runs.verifyIdentity': ({ id, checkpoint, ...choices }, signal) => {
      const subject = trainedRun(context, id, checkpoint);
      return measure('verifyIdentity', { subject, data: subject.data ?? null, ...choices }, signal);
    },
    'runs.lossSurface': ({ id, checkpoint, ...choices }, signal) => {
      const subject = trainedRun(context, id, checkpoint);
      // Says what to do where the data is no longer there.
      const reference = data.find(store.runs.get(id).data);
      return measure('lossSurface', { subject, data: reference, ...choices }, signal);
    },
  };
}

/** A run's network with the weights of a checkpoint, and its data where that is still there. */
function trainedRun({ store, data }: HandlerContext, id: number, choice: CheckpointChoice): TrainedRun {
  const detail = store.runs.detail(id);
  const { network, input, recipe, data: name } = detail.run;
  const checkpoint = checkpointOf(detail, choice);
  const isThere = data.list().some((info) => info.name === name);
  const own = isThere ? { data: data.find(name) } : {};
  return { kind: 'run', runId: id, network, input, stochasticDepth: recipe.stochasticDepth, ...own, checkpoint };
}

type TrainedRun = Extract<Subject, { kind: 'run' }>;
