import { useLocalStorage, type RemovableRef } from '@vueuse/core';

/** The address of the comparison that was open last, so that the way back to it is short. */
export function useLastComparison(): RemovableRef<string> {
  return useLocalStorage('depthlab.compare.last', '/compare');
}
