import type { FlowMap, LayerQuantity } from '../contract/flow.ts';
import type { Api } from '../link/rpc.ts';

/** A quantity over all steps of a run, in at most `columns` columns. */
export function readMap(api: Api, runId: number, quantity: LayerQuantity, columns: number): Promise<FlowMap> {
  return new Promise((resolve, reject) => {
    const take = (map: FlowMap) => {
      // The first value may arrive before `dispose` is known.
      queueMicrotask(() => dispose());
      resolve(map);
    };
    const dispose = api['flow.watch']({ runId, quantity, columns }, take, reject);
  });
}
