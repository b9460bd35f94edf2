import { UserError } from '../contract/errors.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RateChange, RunRow } from '../contract/run.ts';
import { canExtend, isEnded } from '../contract/runState.ts';
import { type Context, write } from './context.ts';
import type { Events } from './events.ts';
import { requireAttempt } from './fence.ts';
import { createPartialEpochsRemoval } from './partialEpochs.ts';
import type { RateChanges } from './rateChanges.ts';
import type { RunReader } from './runReader.ts';
import { createResultsUpdate } from './runResults.ts';
import type { SupersededSteps } from './supersededSteps.ts';
import type { RecordedVerdicts } from './verdicts.ts';

/** Changes by hand of how a run is trained. */
export interface RunChanges {
  /**
   * Gives a run that waits, rests or has ended more epochs; its schedule runs over all its steps from now on. An evaluation that
   * was not of a whole epoch goes, since the epoch is trained to its end. It does not start by itself: `requestResume`.
   */
  extend(id: number, plan: { readonly epochs: number; readonly totalSteps: number }): RunRow;
  /** Changes the learning rate of a run without a trainer from its next step on. */
  planLearningRate(id: number, learningRate: number): RunRow;
  /** The trainer changed its learning rate, from the step after the last one in the file. */
  recordLearningRate(id: number, attempt: number, change: RateChange): RunRow;
}

interface Parts {
  readonly reader: RunReader;
  readonly events: Events;
  readonly rateChanges: RateChanges;
  readonly superseded: SupersededSteps;
  readonly verdicts: RecordedVerdicts;
}

/** Changes by hand of how a run is trained. Each leaves an event. */
export function createRunChanges(
  context: Context,
  { reader, events, rateChanges, superseded, verdicts }: Parts,
): RunChanges {
  const { database } = context;
  const fence = requireAttempt(context);
  const setPlan = database.prepare<[string, number, number]>(
    'UPDATE runs SET recipe = ?, total_steps = ? WHERE id = ?',
  );
  const setParameter = database.prepare<[number | null, number, string]>(
    'UPDATE hyper_parameters SET number = ? WHERE run_id = ? AND name = ?',
  );
  const removePartialEpochs = createPartialEpochsRemoval(context);
  const updateResults = createResultsUpdate(context);

  const record = (id: number, firstStep: number, learningRate: number): RunRow => {
    superseded.forget(id);
    rateChanges.record(id, { firstStep, learningRate });
    events.record(id, 'change', `Learning rate ${learningRate} from step ${firstStep} on`);
    return reader.get(id);
  };

  return {
    extend: (id, { epochs, totalSteps }) =>
      write(context, () => {
        const run = reader.get(id);
        if (!canExtend(run)) throw notNow(run, 'only a run that waits, rests or has ended can be extended');
        const recipe: TrainingRecipe = { ...run.recipe, epochs, maxSteps: null };
        setPlan.run(JSON.stringify(recipe), totalSteps, id);
        setParameter.run(epochs, id, 'epochs');
        setParameter.run(null, id, 'maxSteps');
        removePartialEpochs(id, run.stepsPerEpoch);
        updateResults(id);
        // A schedule over more steps has other learning rates from the first one on.
        superseded.forget(id, run.lastStep);
        verdicts.forget(id);
        events.record(id, 'change', `Extended from ${run.totalSteps} to ${totalSteps} steps (${epochs} epochs)`);
        return reader.get(id);
      }),
    planLearningRate: (id, learningRate) =>
      write(context, () => {
        const run = reader.get(id);
        if (run.state === 'finished' || run.state === 'diverged') throw notNow(run, 'it trains no more; fork it');
        if (!isEnded(run.state) && run.state !== 'queued' && run.state !== 'paused') {
          throw notNow(run, 'its trainer says from which step on');
        }
        return record(id, run.lastStep + 1, learningRate);
      }),
    recordLearningRate: (id, attempt, { firstStep, learningRate }) =>
      write(context, () => {
        const lastStep = fence(id, attempt);
        if (firstStep !== lastStep + 1) {
          const run = reader.get(id);
          throw notNow(run, `a learning rate from step ${firstStep} on does not follow its last step ${lastStep}`);
        }
        return record(id, firstStep, learningRate);
      }),
  };
}

function notNow(run: RunRow, why: string): UserError {
  return new UserError({ code: 'conflict', message: `Run ${run.id} is ${run.state}: ${why}`, where: `run ${run.id}` });
}
