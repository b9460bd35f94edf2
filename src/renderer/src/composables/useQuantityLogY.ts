import { ref, watch, type Ref } from 'vue';
import { QUANTITY_FACTS } from '../../../analysis/layerQuantities.ts';
import type { LayerQuantity } from '../../../contract/flow.ts';

/** Whether a quantity's y axis is logarithmic: as the quantity is usually drawn, until the user switches it. */
export function useQuantityLogY(quantity: () => LayerQuantity): Ref<boolean> {
  const logY = ref(true);
  watch(quantity, (chosen) => (logY.value = QUANTITY_FACTS[chosen].scale === 'log'), { immediate: true });
  return logY;
}
