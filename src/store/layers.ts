import { UserError } from '../contract/errors.ts';
import type { Context } from './context.ts';

/** Records the layer names of a run once; a later attempt must name the same ones, or its norms would not line up. */
export function createLayerRecorder({ database }: Context): (runId: number, layers: readonly string[]) => void {
  const list = database.prepare<[number], string>('SELECT name FROM layers WHERE run_id = ? ORDER BY position').pluck();
  const insert = database.prepare<[number, number, string]>(
    'INSERT INTO layers (run_id, position, name) VALUES (?, ?, ?)',
  );
  return (runId, layers) => {
    const present = list.all(runId);
    if (present.length === 0) {
      for (const [position, name] of layers.entries()) insert.run(runId, position, name);
      return;
    }
    if (present.length !== layers.length || present.some((name, position) => name !== layers[position])) {
      throw new UserError({
        code: 'conflict',
        message: `This attempt of run ${runId} has other layers than the one before`,
        where: `run ${runId}`,
        hint: 'Start a new run: its norms cannot be compared layer by layer with those in the file.',
      });
    }
  };
}
