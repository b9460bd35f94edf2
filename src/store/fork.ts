import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type Context, write } from './context.ts';
import type { Events } from './events.ts';
import { createPartialEpochsRemoval } from './partialEpochs.ts';
import type { RunReader } from './runReader.ts';
import type { createRunInserter, NewRun } from './runInserter.ts';

/** A run that begins where another one was. */
export interface Fork {
  readonly parentId: number;
  /** The parent has a checkpoint of this step. */
  readonly step: number;
  /** What is changed, in words; may be empty. */
  readonly changes: string;
  readonly run: NewRun;
  /** Copies the checkpoint's file for the new run and gives the copy's name. Called within the transaction. */
  readonly copyCheckpoint: (id: number) => string;
}

interface Parts {
  readonly reader: RunReader;
  readonly checkpoints: Checkpoints;
  readonly events: Events;
  readonly insert: ReturnType<typeof createRunInserter>;
  readonly takeBack: (runId: number, step: number) => void;
}

/** Columns that are copied as they are, by table. */
const HISTORY: Readonly<Record<string, string>> = {
  layers: 'position, name',
  series_chunks: 'series, first_step, count, float32',
  norm_chunks: 'stride, first_step, count, float32',
  observed_layers: 'site, position, name',
  observations: 'quantity, step, float32',
  segments: 'first_step, count, sha256',
  epochs: `epoch, step, train_loss, train_loss_special, train_accuracy, validation_loss, validation_loss_special,
           validation_accuracy, test_loss, test_loss_special, test_accuracy, learning_rate, elapsed_ms`,
};

/**
 * Records a run that goes on from another one's checkpoint. It has a copy of everything up to that step, so that it stays whole when
 * its parent is deleted.
 */
export function createFork(context: Context, { reader, checkpoints, events, insert, takeBack }: Parts) {
  const { database } = context;
  const copies = Object.entries(HISTORY).map(([table, columns]) =>
    database.prepare<[number, number]>(
      `INSERT INTO ${table} (run_id, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE run_id = ?`,
    ),
  );
  const setParent = database.prepare<[number, number, number, number, number]>(
    'UPDATE runs SET parent_id = ?, parent_step = ?, last_step = ?, elapsed_ms = ? WHERE id = ?',
  );
  const removePartialEpochs = createPartialEpochsRemoval(context);
  const insertCheckpoint = database.prepare<[number, number, string, number, string, number]>(
    'INSERT INTO checkpoints (run_id, step, file, bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );

  return ({ parentId, step, changes, run, copyCheckpoint }: Fork): RunRow =>
    write(context, () => {
      const parent = reader.get(parentId);
      const checkpoint = checkpoints.list(parentId).find((one) => one.step === step);
      if (checkpoint === undefined) {
        throw new UserError({
          code: 'not-found',
          message: `Run ${parentId} has no checkpoint of step ${step}`,
          where: `run ${parentId}`,
        });
      }
      const at = Date.now();
      const id = insert(run, null, at);
      for (const copy of copies) copy.run(id, parentId);
      setParent.run(parentId, step, parent.lastStep, (parent.elapsedMs * step) / parent.lastStep, id);
      removePartialEpochs(id, run.stepsPerEpoch);
      takeBack(id, step);
      insertCheckpoint.run(id, step, copyCheckpoint(id), checkpoint.bytes, checkpoint.sha256, at);
      const what = changes === '' ? '' : `: ${changes}`;
      events.record(id, 'change', `Forked from run ${parentId} (${parent.name}) after step ${step}${what}`);
      events.record(parentId, 'change', `Run ${id} was forked from it after step ${step}${what}`);
      return reader.get(id);
    });
}
