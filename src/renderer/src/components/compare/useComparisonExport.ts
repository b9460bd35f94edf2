import { computed, shallowRef } from 'vue';
import { differingFacts, type Comparison, type FactRow } from '../../../../analysis/comparison/comparison.ts';
import { comparisonTable } from '../../../../analysis/comparison/comparisonTable.ts';
import { useTableCommands } from '../tables/useTableCommands.ts';
import type { TableSource } from '../tables/useTableExport.ts';

/** The ways to give a comparison away, first with the rows that are shown. */
export function useComparisonExport(comparison: () => Comparison, onlyDifferences: () => boolean) {
  const isExporting = shallowRef(false);
  const source = (id: string, label: string, facts: readonly FactRow[]): TableSource => ({
    id,
    label,
    layouts: ['rows'],
    table: (format) => comparisonTable(comparison(), facts, format),
  });
  const sources = computed((): TableSource[] => {
    const some = source('differing', 'What differs, and the results', differingFacts(comparison()));
    const all = source('all', 'Everything', comparison().facts);
    return onlyDifferences() ? [some, all] : [all, some];
  });
  const exportTable = () => {
    isExporting.value = true;
  };
  const actions = useTableCommands('comparison', (format) => sources.value[0]!.table(format), exportTable);
  return { isExporting, sources, exportTable, actions };
}
