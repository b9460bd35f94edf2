import { HEALTH_RULES } from '../../analysis/health/rules.ts';
import { SITE_OF, type LayerQuantity } from '../../contract/flow.ts';
import type { RunHealth } from '../../contract/health.ts';

/** A place on a map with its words. */
export interface MapMark {
  /** From 0 in depth order. */
  readonly layer: number;
  readonly step: number;
  readonly text: string;
}

/**
 * Where a run's rules first held: findings about a layer, those of one place together. Rules name parameter tensors, which are
 * no rows of a map of ReLUs or batch norms: those have none.
 */
export function marksOf({ findings }: RunHealth, quantity: LayerQuantity): MapMark[] {
  if (SITE_OF[quantity] !== 'parameter') return [];
  const places = new Map<string, MapMark>();
  for (const { rule, layer, firstStep } of findings) {
    if (layer === null) continue;
    const key = `${layer.position} ${firstStep}`;
    const title = HEALTH_RULES.find(({ id }) => id === rule)!.title;
    const before = places.get(key);
    const text = before === undefined ? title : `${before.text}, ${title.toLowerCase()}`;
    places.set(key, { layer: layer.position, step: firstStep, text });
  }
  return [...places.values()];
}
