import type { Context } from './context.ts';

/**
 * Takes out evaluations that were not of a whole epoch, where the epoch is to be trained to its end. Runs inside the caller's
 * transaction.
 */
export function createPartialEpochsRemoval({
  database,
}: Pick<Context, 'database'>): (runId: number, stepsPerEpoch: number) => void {
  const remove = database.prepare<[number, number]>('DELETE FROM epochs WHERE run_id = ? AND step % ? <> 0');
  return (runId, stepsPerEpoch) => void remove.run(runId, stepsPerEpoch);
}
