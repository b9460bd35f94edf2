import { scheduleLength } from '../../analysis/schedule.ts';
import { trainedImages } from '../../analysis/trainedImages.ts';
import { UserError } from '../../contract/errors.ts';
import type { RunRow } from '../../contract/run.ts';
import { canResume, hasTrainer } from '../../contract/runState.ts';
import type { Handlers } from '../../link/rpc.ts';
import { planFork } from '../fork.ts';
import { announceRun } from '../live.ts';
import type { HandlerContext } from './context.ts';

type ChangeMethods = 'runs.extend' | 'runs.setLearningRate' | 'runs.fork';

/** Changes by hand of how a run is trained. */
export function changeHandlers({
  store,
  data,
  live,
  queue,
  supervisor,
}: HandlerContext): Pick<Handlers, ChangeMethods> {
  return {
    'runs.extend': ({ id, epochs }) => {
      const run = store.runs.get(id);
      requireAlone(run, 'extended');
      const recipe = { ...run.recipe, epochs, maxSteps: null };
      const { totalSteps } = scheduleLength(recipe, trainedImages(recipe, data.find(run.data).info));
      if (totalSteps <= run.totalSteps) throw noMore(run, epochs);
      const rests = run.state === 'paused';
      const extended = store.runs.extend(id, { epochs, totalSteps });
      if (!rests && canResume(extended)) store.runs.requestResume(id);
      announceRun(live, run);
      queue.wake();
      return store.runs.get(id);
    },
    'runs.setLearningRate': ({ id, learningRate }) => {
      const run = store.runs.get(id);
      requireAlone(run, 'given another learning rate');
      if (hasTrainer(run)) supervisor.setLearningRate(id, learningRate);
      else store.runs.planLearningRate(id, learningRate);
      announceRun(live, run);
      return store.runs.get(id);
    },
    'runs.fork': (request) => {
      const parent = store.runs.detail(request.id);
      const run = store.runs.fork(planFork(request, parent, data.find(parent.run.data).info, store.file));
      announceRun(live, parent.run);
      announceRun(live, run);
      queue.wake();
      return store.runs.get(run.id);
    },
  };
}

/** A study compares runs of one recipe. */
function requireAlone({ id, studyId }: RunRow, what: string): void {
  if (studyId === null) return;
  throw new UserError({
    code: 'conflict',
    message: `Run ${id} belongs to study ${studyId}, which compares runs of one recipe: it cannot be ${what}`,
    where: `run ${id}`,
    hint: 'Fork it: the fork is a run of its own',
  });
}

function noMore(run: RunRow, epochs: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Run ${run.id} has ${run.totalSteps} steps to do, and ${epochs} epochs are no more than that`,
    where: 'epochs',
    hint: `Ask for more than ${Math.floor(run.totalSteps / run.stepsPerEpoch)} epochs`,
  });
}
