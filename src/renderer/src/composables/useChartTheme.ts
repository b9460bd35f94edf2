import { createSharedComposable, useMutationObserver } from '@vueuse/core';
import { readonly, shallowRef, type DeepReadonly, type ShallowRef } from 'vue';
import { chartTheme, type ChartTheme } from '../../../charts/theme.ts';

/** The page's chart theme; it follows the root's `data-theme` and font size. One observer for all charts. */
export const useChartTheme: () => DeepReadonly<ShallowRef<ChartTheme>> = createSharedComposable(() => {
  const theme = shallowRef(readTheme());
  useMutationObserver(
    document.documentElement,
    () => {
      theme.value = readTheme();
    },
    { attributes: true, attributeFilter: ['data-theme', 'style', 'class'] },
  );
  return readonly(theme);
});

function readTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  return chartTheme((property) => style.getPropertyValue(property), parseFloat(style.fontSize));
}
