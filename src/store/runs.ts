import { UserError } from '../contract/errors.ts';
import type { HyperParameter } from '../contract/run.ts';
import { hasTrainer } from '../contract/runState.ts';
import { type Context, read, write } from './context.ts';
import type { RecordedEnvironment } from './environment.ts';
import { createFork } from './fork.ts';
import { createGoBack } from './goBack.ts';
import { createQueueMove } from './queueOrder.ts';
import type { RateChanges } from './rateChanges.ts';
import { createRunChanges } from './runChanges.ts';
import { createRunInserter } from './runInserter.ts';
import { createRunLifecycle } from './runLifecycle.ts';
import type { RunReader } from './runReader.ts';
import type { PackedSteps } from './steps.ts';
import type { Checkpoints, Epochs, Events, Runs } from './store.ts';
import { createTakeBack } from './takeBack.ts';

interface Parts {
  readonly reader: RunReader;
  readonly steps: PackedSteps;
  readonly epochs: Epochs;
  readonly events: Events;
  readonly checkpoints: Checkpoints;
  readonly environment: RecordedEnvironment;
  readonly rateChanges: RateChanges;
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
    delete: (id) => {
      write(context, () => {
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
      });
    },
    restore: (id) => {
      write(context, () => {
        reader.get(id);
        setDeleted.run(null, id);
      });
    },
  };
}
