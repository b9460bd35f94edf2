import type { DataReference } from '../../contract/data.ts';
import type { UserErrorData } from '../../contract/errors.ts';
import type { BatchPlan } from './filler.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly reference: DataReference;
  readonly part: 'train' | 'test';
  readonly plan: BatchPlan;
  /** One for each batch that can be ahead. */
  readonly slots: readonly SharedArrayBuffer[];
}

/** Fill a slot with the batch of a step. */
export interface WorkerTask {
  readonly slot: number;
  readonly step: number;
}

export type WorkerAnswer = WorkerTask & ({ readonly count: number } | { readonly error: UserErrorData });
