import type { TableMetric } from '../../../../contract/study.ts';
import type { Action } from '../../actions/actions.ts';
import { useStudyExport } from './useStudyExport.ts';

/** The ways to give the table away, for the menu, the palette and the keyboard. */
export function useTableActions(id: number, metric: () => TableMetric): readonly (readonly Action[])[] {
  const { save, copy, saveReport } = useStudyExport(id, metric);
  const action = (keys: string, title: string, run: () => void) => ({
    id: `study ${keys}`,
    group: 'Table',
    title,
    keys,
    run,
  });
  return [
    [
      action('c m', 'Copy as Markdown', () => void copy('markdown', 'Markdown')),
      action('c l', 'Copy as LaTeX', () => void copy('latex', 'LaTeX')),
    ],
    [
      action('e c', 'Save as CSV', () => void save('csv')),
      action('e m', 'Save as Markdown', () => void save('markdown')),
      action('e l', 'Save as LaTeX', () => void save('latex')),
      action('e j', 'Save as JSON', () => void save('json')),
    ],
    [action('e r', 'Save the report', () => void saveReport())],
  ];
}
