import type { StudyTable } from '../../contract/study.ts';
import { metricHead, METRICS } from '../metrics.ts';
import { markBest } from './best.ts';
import { metricCell } from './metricCell.ts';
import { comparisonName, namedDifferences, pairedRows } from './pairedRows.ts';
import { EMPTY, tableColumn, type Table } from './table.ts';

/** A study as a paper prints it: a row a depth, a column a series, the paired differences, the best mean marked. */
export function tableOfStudy(table: StudyTable): Table {
  const paired = pairedRows(table);
  const { series, comparisons, rows } = paired;
  const { differenceUnit, higherIsBetter } = METRICS[table.metric];
  const { head: metric, unit } = metricHead(table.metric);
  const better = higherIsBetter ? 'higher' : 'lower';
  return {
    name: `study-${table.studyId}-${table.metric}`,
    caption: `${table.name}: ${metric} by depth`,
    columns: [
      tableColumn({ id: 'depth', head: 'Depth', kind: 'number' }),
      ...series.map(({ id, label }) => tableColumn({ id, head: label, group: metric, unit, kind: 'summary', better })),
      ...comparisons.map((one) =>
        tableColumn({
          id: `${one.series.id}-${one.against.id}`,
          head: comparisonName(one),
          unit: differenceUnit.trim(),
          kind: 'summary',
        }),
      ),
    ],
    rows: rows.map(({ depth, cells, differences }) => [
      { kind: 'number', value: depth, decimals: null },
      ...markBest(
        cells.map((cell) => (cell === null ? EMPTY : metricCell(table.metric, cell, cell.failed.length))),
        better,
      ),
      ...differences.map((difference) => (difference === null ? EMPTY : metricCell(table.metric, difference))),
    ]),
    notes: [
      ...(comparisons.length > 0 ? ['A difference is taken over the seeds that both finished.'] : []),
      ...namedDifferences(paired).map(({ depth, comparison, difference }) => {
        const which = comparison === null ? '' : `, ${comparisonName(comparison)}`;
        return `Depth ${depth}${which}: ${difference.verdict}.`;
      }),
    ],
  };
}
