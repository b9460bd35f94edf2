import { UserError } from '../contract/errors.ts';
import type { ObservedLayers } from '../contract/flow.ts';
import type { Context } from './context.ts';

/** The names of a run's layers: its parameter tensors, and where it observes them its ReLUs and batch norms. */
type LayerNames = Readonly<Record<'parameter', readonly string[]>> & Partial<ObservedLayers>;

/** Records the layer names of a run once; a later attempt must name the same ones, or its numbers would not line up. */
export function createLayerRecorder({ database }: Context): (runId: number, layers: LayerNames) => void {
  const list = database.prepare<[number], string>('SELECT name FROM layers WHERE run_id = ? ORDER BY position').pluck();
  const listObserved = database
    .prepare<[number, string], string>(
      'SELECT name FROM observed_layers WHERE run_id = ? AND site = ? ORDER BY position',
    )
    .pluck();
  const insert = database.prepare<[number, number, string]>(
    'INSERT INTO layers (run_id, position, name) VALUES (?, ?, ?)',
  );
  const insertObserved = database.prepare<[number, string, number, string]>(
    'INSERT INTO observed_layers (run_id, site, position, name) VALUES (?, ?, ?, ?)',
  );
  return (runId, { parameter, relu = [], batchNorm = [] }) => {
    if (isNew(runId, list.all(runId), parameter)) parameter.forEach((name, place) => insert.run(runId, place, name));
    for (const [site, names] of Object.entries({ relu, batchNorm })) {
      if (names.length === 0 || !isNew(runId, listObserved.all(runId, site), names)) continue;
      names.forEach((name, place) => insertObserved.run(runId, site, place, name));
    }
  };
}

/** Whether none of the names is recorded; refused where others are. */
function isNew(runId: number, present: readonly string[], names: readonly string[]): boolean {
  if (present.length === 0) return true;
  if (present.length === names.length && present.every((name, position) => name === names[position])) return false;
  throw new UserError({
    code: 'conflict',
    message: `This attempt of run ${runId} has other layers than the one before`,
    where: `run ${runId}`,
    hint: 'Start a new run: its norms cannot be compared layer by layer with those in the file.',
  });
}
