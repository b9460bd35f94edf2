import type { Context } from './context.ts';

const NEWEST = [
  'validation_loss',
  'validation_loss_special',
  'validation_accuracy',
  'test_loss',
  'test_loss_special',
  'test_accuracy',
];
const BEST = ['validation_accuracy', 'test_accuracy'];

/** Sets a run's newest and best results to those of its epochs in the file, inside the caller's transaction. */
export function createResultsUpdate({ database }: Pick<Context, 'database'>): (runId: number) => void {
  const newest = NEWEST.map(
    (column) => `${column} = (SELECT ${column} FROM epochs WHERE run_id = runs.id ORDER BY epoch DESC LIMIT 1)`,
  );
  const best = BEST.map((column) => `best_${column} = (SELECT max(${column}) FROM epochs WHERE run_id = runs.id)`);
  const update = database.prepare<[number]>(`UPDATE runs SET ${[...newest, ...best].join(', ')} WHERE id = ?`);
  return (runId) => void update.run(runId);
}
