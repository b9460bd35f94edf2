import { useLocalStorage } from '@vueuse/core';
import type { Layout } from '../../../../analysis/tables/arrange.ts';
import { TABLE_OPTIONS } from '../../../../analysis/tables/options.ts';
import type { TableFormat } from '../../../../analysis/tables/writeTable.ts';

const DEFAULTS = { format: 'latex' as TableFormat, layout: 'rows' as Layout, options: TABLE_OPTIONS };

/** How this user last wanted tables; kept by the window. */
export function useTableChoices() {
  return useLocalStorage('depthlab.tableExport', DEFAULTS, { mergeDefaults: true });
}
