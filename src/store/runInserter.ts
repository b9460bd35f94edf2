import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { Context } from './context.ts';
import { hyperParameters } from './hyperParameters.ts';
import { QUEUE_END } from './queueOrder.ts';

/** A run before it is in the store. */
export interface NewRun {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly input: NetworkInput;
  readonly data: string;
  readonly recipe: TrainingRecipe;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
}

/** The place of a run in a study's grid. */
export interface StudyPlace {
  readonly studyId: number;
  readonly position: number;
}

/** Inserts a queued run with its hyper-parameters, inside the caller's transaction. Gives its id. */
export function createRunInserter({
  database,
}: Context): (run: NewRun, place: StudyPlace | null, at: number) => number {
  const insert = database.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO runs (name, study_id, study_position, state, version, depth, block, network, height, width, channels,
       classes, data, recipe, created_at, total_steps, steps_per_epoch, parameters, queue_position)
     VALUES (@name, @studyId, @position, 'queued', @version, @depth, @block, @network, @height, @width, @channels,
       @classes, @data, @recipe, @at, @totalSteps, @stepsPerEpoch, @parameters,
       ${QUEUE_END})`,
  );
  const insertParameter = database.prepare<[number, string, number | null, string | null]>(
    'INSERT INTO hyper_parameters (run_id, name, number, text) VALUES (?, ?, ?, ?)',
  );
  return (run, place, at) => {
    const id = Number(
      insert.run({
        name: run.name,
        studyId: place?.studyId ?? null,
        position: place?.position ?? null,
        version: run.network.version,
        depth: run.network.depth,
        block: run.network.block,
        network: JSON.stringify(run.network),
        ...run.input,
        data: run.data,
        recipe: JSON.stringify(run.recipe),
        at,
        totalSteps: run.totalSteps,
        stepsPerEpoch: run.stepsPerEpoch,
        parameters: run.parameters,
      }).lastInsertRowid,
    );
    for (const { name, number, text } of hyperParameters(run)) insertParameter.run(id, name, number, text);
    return id;
  };
}
