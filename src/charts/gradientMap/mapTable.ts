import { QUANTITY_FACTS } from '../../analysis/layerQuantities.ts';
import type { LayerQuantity } from '../../contract/flow.ts';
import type { NormMap } from '../../contract/frames.ts';
import type { ChartTable } from '../chart.ts';

/** A map as a matrix: a row a layer, a column a step of the map, named by its first one. */
export function mapTable({ layers, steps, values }: NormMap, quantity: LayerQuantity, caption: string): ChartTable {
  const title = QUANTITY_FACTS[quantity].title;
  return {
    caption,
    heads: ['Layer', 'Layer name', ...Array.from(steps, (step) => `${title}, step ${step}`)],
    rows: layers.map((name, layer) => [
      layer + 1,
      name,
      ...Array.from(steps, (_, column) => values[column * layers.length + layer]!),
    ]),
  };
}
