import type { Database } from 'better-sqlite3';
import { OBSERVED_QUANTITIES, type LayerSite, type ObservedQuantity } from '../../contract/flow.ts';

/** A quantity that tells how many layers of its site there are. */
const SITES: readonly (readonly [LayerSite, ObservedQuantity])[] = [
  ['relu', 'activationMean'],
  ['batchNorm', 'batchNormVariance'],
];

/** Brings a run's observations to what a reader trusts: a step's is all of its quantities or nothing, and every layer has a name. */
export function createObservationMender(database: Database): (runId: number) => void {
  const removeIncomplete = database.prepare<[number, number, number]>(
    `DELETE FROM observations WHERE run_id = ? AND step IN
       (SELECT step FROM observations WHERE run_id = ? GROUP BY step HAVING count(*) < ?)`,
  );
  const countLayers = database
    .prepare<[number, ObservedQuantity], number | null>(
      'SELECT max(length(float32)) / 4 FROM observations WHERE run_id = ? AND quantity = ?',
    )
    .pluck();
  const addLayer = database.prepare<[number, LayerSite, number, string]>(
    'INSERT OR IGNORE INTO observed_layers (run_id, site, position, name) VALUES (?, ?, ?, ?)',
  );
  return (runId) => {
    removeIncomplete.run(runId, runId, OBSERVED_QUANTITIES.length);
    for (const [site, quantity] of SITES) {
      const layers = countLayers.get(runId, quantity) ?? 0;
      for (let position = 0; position < layers; position += 1) {
        addLayer.run(runId, site, position, `${site} ${position + 1}`);
      }
    }
  };
}
