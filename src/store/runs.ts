import { UserError } from '../contract/errors.ts';
import type { HyperParameter, RunAnnotation, RunDetail, RunRow } from '../contract/run.ts';
import { hasTrainer } from '../contract/runState.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type Context, read, write } from './context.ts';
import type { RecordedEnvironment } from './environment.ts';
import type { Epochs } from './epochs.ts';
import type { Events } from './events.ts';
import { createFork, type Fork } from './fork.ts';
import { createGoBack, type GoBack } from './goBack.ts';
import { createQueueMove } from './queueOrder.ts';
import type { RateChanges } from './rateChanges.ts';
import { createRunChanges, type RunChanges } from './runChanges.ts';
import { createRunInserter, type NewRun } from './runInserter.ts';
import { createRunLifecycle, type RunLifecycle } from './runLifecycle.ts';
import type { RunReader } from './runReader.ts';
import type { PackedSteps } from './steps.ts';
import { createTakeBack } from './takeBack.ts';
import type { RecordedVerdicts } from './verdicts.ts';

export interface Runs extends RunLifecycle, RunChanges {
  /** Records a queued run. */
  create(run: NewRun): RunRow;
  /** `not-found` where there is no such run. */
  get(id: number): RunRow;
  /** Those of these runs that are in the file. */
  existing(ids: Iterable<number>): RunRow[];
  /** Newest first. `deleted` lists the bin instead. */
  list(options?: { deleted?: boolean }): RunRow[];
  /** Queued runs that are not in the bin, the next one first. */
  queued(): RunRow[];
  detail(id: number): RunDetail;
  /** The current fencing token; 0 before the first attempt. */
  attempt(id: number): number;
  /** Puts a queued run before another one that waits, or (null) behind all. */
  moveInQueue(id: number, before: number | null): RunRow;
  /** Records a queued run that goes on from another one's checkpoint, with that one's history up to there. */
  fork(fork: Fork): RunRow;
  /**
   * Takes back what was reported after a step (steps, evaluations, checkpoints): the current attempt goes on from there. A
   * text becomes a warning among the events. `conflict` where the run has not reached that step.
   */
  goBack(id: number, attempt: number, back: GoBack): RunRow;
  annotate(annotation: RunAnnotation): RunRow;
  /** To the bin, all or none; `conflict` while one is active. A queued run is stopped by it. */
  delete(ids: readonly number[]): void;
  /** Out of the bin, all or none. */
  restore(ids: readonly number[]): void;
}

interface Parts {
  readonly reader: RunReader;
  readonly steps: PackedSteps;
  readonly epochs: Epochs;
  readonly events: Events;
  readonly checkpoints: Checkpoints;
  readonly environment: RecordedEnvironment;
  readonly rateChanges: RateChanges;
  readonly verdicts: RecordedVerdicts;
}

export function createRuns(context: Context, parts: Parts): Runs {
  const { database } = context;
  const { reader } = parts;
  const insert = createRunInserter(context);
  const lifecycle = createRunLifecycle(context, parts);
  const parameters = database.prepare<[number], HyperParameter>(
    'SELECT name, number, text FROM hyper_parameters WHERE run_id = ? ORDER BY name',
  );
  const setName = database.prepare<[string, number]>('UPDATE runs SET name = ? WHERE id = ?');
  const setNotes = database.prepare<[string, number]>('UPDATE runs SET notes = ? WHERE id = ?');
  const clearTags = database.prepare<[number]>('DELETE FROM tags WHERE run_id = ?');
  const insertTag = database.prepare<[number, number, string]>(
    'INSERT INTO tags (run_id, position, tag) VALUES (?, ?, ?)',
  );
  const setDeleted = database.prepare<[number | null, number]>('UPDATE runs SET deleted_at = ? WHERE id = ?');

  const deleteOne = (id: number) => {
    const run = reader.get(id);
    if (hasTrainer(run)) {
      throw new UserError({
        code: 'conflict',
        message: `Run ${id} is ${run.state} and cannot go to the bin`,
        where: `run ${id}`,
        hint: 'Stop it first.',
      });
    }
    if (run.state === 'queued') lifecycle.requestStop(id, 'Deleted before its turn');
    if (run.deletedAt === null) setDeleted.run(Date.now(), id);
  };

  return {
    ...lifecycle,
    ...createRunChanges(context, { ...parts, superseded: parts.steps.superseded }),
    moveInQueue: createQueueMove(context, reader),
    goBack: createGoBack(context, {
      reader,
      steps: parts.steps.reader,
      superseded: parts.steps.superseded,
      events: parts.events,
    }),
    fork: createFork(context, { ...parts, insert, takeBack: createTakeBack(context, parts.steps.reader) }),
    create: (run) => write(context, () => reader.get(insert(run, null, Date.now()))),
    get: reader.get,
    existing: reader.existing,
    list: ({ deleted = false } = {}) => reader.list(deleted),
    queued: reader.queued,
    attempt: reader.attempt,
    detail: (id) =>
      read(context, () => ({
        run: reader.get(id),
        hyperParameters: parameters.all(id),
        environment: parts.environment.list(id),
        epochs: parts.epochs.list([id]),
        events: parts.events.list(id),
        checkpoints: parts.checkpoints.list(id),
        layers: parts.steps.layers(id),
      })),
    annotate: ({ id, name, notes, tags }) =>
      write(context, () => {
        reader.get(id);
        if (name !== undefined) setName.run(name, id);
        if (notes !== undefined) setNotes.run(notes, id);
        if (tags !== undefined) {
          clearTags.run(id);
          for (const [position, tag] of [...new Set(tags)].entries()) insertTag.run(id, position, tag);
        }
        return reader.get(id);
      }),
    delete: (ids) => {
      write(context, () => {
        for (const id of ids) deleteOne(id);
      });
    },
    restore: (ids) => {
      write(context, () => {
        for (const { id } of ids.map(reader.get)) setDeleted.run(null, id);
      });
    },
  };
}
