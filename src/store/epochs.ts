import { UserError } from '../contract/errors.ts';
import type { EpochRow } from '../contract/run.ts';
import type { EpochResult } from '../contract/trainer.ts';
import { type Context, write } from './context.ts';
import { requireAttempt } from './fence.ts';
import { createResultsUpdate } from './runResults.ts';
import { fromColumns, toColumns } from './special.ts';

export interface Epochs {
  /** Commits an epoch's results and with them the run's newest and best. Same rules as `Steps.append`; its step is in the file. */
  record(runId: number, attempt: number, result: EpochResult): EpochRow;
  list(runIds: readonly number[]): EpochRow[];
}

interface StoredEpoch {
  run_id: number;
  epoch: number;
  step: number;
  train_loss: number | null;
  train_loss_special: string | null;
  train_accuracy: number;
  validation_loss: number | null;
  validation_loss_special: string | null;
  validation_accuracy: number | null;
  test_loss: number | null;
  test_loss_special: string | null;
  test_accuracy: number | null;
  learning_rate: number;
  elapsed_ms: number;
}

export function createEpochs(context: Context): Epochs {
  const { database } = context;
  const fence = requireAttempt(context);
  const find = database.prepare<[number, number], StoredEpoch>('SELECT * FROM epochs WHERE run_id = ? AND epoch = ?');
  const list = database.prepare<[string], StoredEpoch>(
    'SELECT * FROM epochs WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, epoch',
  );
  const insert = database.prepare<[StoredEpoch]>(
    `INSERT INTO epochs VALUES (@run_id, @epoch, @step, @train_loss, @train_loss_special, @train_accuracy,
       @validation_loss, @validation_loss_special, @validation_accuracy, @test_loss, @test_loss_special, @test_accuracy,
       @learning_rate, @elapsed_ms)`,
  );
  const updateResults = createResultsUpdate(context);
  return {
    record: (runId, attempt, result) =>
      write(context, () => {
        const lastStep = fence(runId, attempt);
        const row = toRow(runId, result);
        const present = find.get(runId, result.epoch);
        if (present !== undefined) {
          if (Object.entries(row).every(([name, value]) => present[name as keyof StoredEpoch] === value)) {
            return toEpochRow(present);
          }
          throw refused(runId, `Epoch ${result.epoch} is in the file with other results`);
        }
        if (result.step > lastStep) {
          throw refused(
            runId,
            `Epoch ${result.epoch} ends at step ${result.step}, after the last stored step ${lastStep}`,
          );
        }
        insert.run(row);
        updateResults(runId);
        return toEpochRow(row);
      }),
    list: (runIds) => list.all(JSON.stringify(runIds)).map(toEpochRow),
  };
}

function toRow(runId: number, result: EpochResult): StoredEpoch {
  const trainLoss = toColumns(result.trainLoss);
  const validationLoss = toColumns(result.validationLoss);
  const testLoss = toColumns(result.testLoss);
  return {
    run_id: runId,
    epoch: result.epoch,
    step: result.step,
    train_loss: trainLoss.number,
    train_loss_special: trainLoss.special,
    train_accuracy: result.trainAccuracy,
    validation_loss: validationLoss.number,
    validation_loss_special: validationLoss.special,
    validation_accuracy: result.validationAccuracy,
    test_loss: testLoss.number,
    test_loss_special: testLoss.special,
    test_accuracy: result.testAccuracy,
    learning_rate: result.learningRate,
    elapsed_ms: result.elapsedMs,
  };
}

/** A training loss is always present, so that its two columns are never both empty. */
function loss(number: number | null, special: string | null): number {
  return fromColumns(number, special) ?? Number.NaN;
}

function toEpochRow(row: StoredEpoch): EpochRow {
  return {
    runId: row.run_id,
    epoch: row.epoch,
    step: row.step,
    trainLoss: loss(row.train_loss, row.train_loss_special),
    trainAccuracy: row.train_accuracy,
    validationLoss: fromColumns(row.validation_loss, row.validation_loss_special),
    validationAccuracy: row.validation_accuracy,
    testLoss: fromColumns(row.test_loss, row.test_loss_special),
    testAccuracy: row.test_accuracy,
    learningRate: row.learning_rate,
    elapsedMs: row.elapsed_ms,
  };
}

function refused(runId: number, message: string): UserError {
  return new UserError({ code: 'conflict', message, where: `run ${runId}` });
}
