import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RateChange, RunRow } from '../contract/run.ts';
import type { RunState } from '../contract/runState.ts';
import { fromColumns } from './special.ts';
import { storedRecipe } from './storedRecipe.ts';

/** A row of the table `runs`, as SQLite gives it. */
export interface StoredRun {
  id: number;
  name: string;
  study_id: number | null;
  parent_id: number | null;
  parent_step: number | null;
  state: RunState;
  reason: string;
  is_held: 0 | 1;
  queue_position: number | null;
  version: RunRow['network']['version'];
  depth: number;
  block: RunRow['network']['block'];
  /** JSON; null for a run of format 1. */
  network: string | null;
  height: number;
  width: number;
  channels: number;
  classes: number;
  data: string;
  recipe: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  elapsed_ms: number;
  attempt: number;
  last_step: number;
  total_steps: number;
  steps_per_epoch: number;
  parameters: number;
  train_loss: number | null;
  train_loss_special: string | null;
  validation_loss: number | null;
  validation_loss_special: string | null;
  validation_accuracy: number | null;
  best_validation_accuracy: number | null;
  test_loss: number | null;
  test_loss_special: string | null;
  test_accuracy: number | null;
  best_test_accuracy: number | null;
  images_per_second: number | null;
  first_step_ms: number | null;
  step_ms: number | null;
  peak_memory_bytes: number | null;
  notes: string;
  deleted_at: number | null;
  /** Of its newest epoch. */
  train_accuracy: number | null;
}

function networkOf({ network, version, depth, block }: StoredRun): RunRow['network'] {
  return network === null ? { version, depth, block } : (JSON.parse(network) as RunRow['network']);
}

/** What a run's row has of other tables. */
export interface Attached {
  readonly tags: readonly string[];
  readonly rateChanges: readonly RateChange[];
}

export function toRunRow(stored: StoredRun, { tags, rateChanges }: Attached): RunRow {
  return {
    id: stored.id,
    name: stored.name,
    studyId: stored.study_id,
    parent:
      stored.parent_id === null || stored.parent_step === null
        ? null
        : { runId: stored.parent_id, step: stored.parent_step },
    state: stored.state,
    reason: stored.reason,
    isHeld: stored.is_held === 1,
    queuePosition: stored.queue_position,
    network: networkOf(stored),
    input: { height: stored.height, width: stored.width, channels: stored.channels, classes: stored.classes },
    data: stored.data,
    recipe: storedRecipe(JSON.parse(stored.recipe) as Partial<TrainingRecipe>),
    rateChanges: [...rateChanges],
    createdAt: stored.created_at,
    startedAt: stored.started_at,
    endedAt: stored.ended_at,
    elapsedMs: stored.elapsed_ms,
    lastStep: stored.last_step,
    totalSteps: stored.total_steps,
    stepsPerEpoch: stored.steps_per_epoch,
    parameters: stored.parameters,
    trainLoss: fromColumns(stored.train_loss, stored.train_loss_special),
    trainAccuracy: stored.train_accuracy,
    validationLoss: fromColumns(stored.validation_loss, stored.validation_loss_special),
    validationAccuracy: stored.validation_accuracy,
    bestValidationAccuracy: stored.best_validation_accuracy,
    testLoss: fromColumns(stored.test_loss, stored.test_loss_special),
    testAccuracy: stored.test_accuracy,
    bestTestAccuracy: stored.best_test_accuracy,
    imagesPerSecond: stored.images_per_second,
    firstStepMs: stored.first_step_ms,
    stepMs: stored.step_ms,
    peakMemoryBytes: stored.peak_memory_bytes,
    notes: stored.notes,
    tags: [...tags],
    deletedAt: stored.deleted_at,
  };
}
