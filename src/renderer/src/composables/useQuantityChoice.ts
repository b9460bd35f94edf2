import type { WritableComputedRef } from 'vue';
import { LAYER_QUANTITIES, type LayerQuantity } from '../../../contract/flow.ts';
import { useAddressChoice } from './useAddressChoice.ts';

/** The quantity that maps and profiles show, in the address. */
export function useQuantityChoice(): WritableComputedRef<LayerQuantity> {
  return useAddressChoice('quantity', LAYER_QUANTITIES, 'gradientNorm');
}
