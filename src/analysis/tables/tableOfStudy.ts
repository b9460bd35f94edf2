import type { PairedDifference, StudyCell, StudyTable } from '../../contract/study.ts';
import { metricHead, METRICS, toDisplay } from '../metrics.ts';
import { markBest } from './best.ts';
import { pairedRows } from './pairedRows.ts';
import { EMPTY, tableColumn, type SummaryCell, type Table } from './table.ts';

/** A study as a paper prints it: a row a depth, a column a version, the paired difference, the best mean marked. */
export function tableOfStudy(table: StudyTable): Table {
  const { versions, hasDifference, rows } = pairedRows(table);
  const { differenceUnit, higherIsBetter } = METRICS[table.metric];
  const { head: metric, unit } = metricHead(table.metric);
  const better = higherIsBetter ? 'higher' : 'lower';
  const summary = (figures: StudyCell | PairedDifference, failed: number) => summaryCell(table, figures, failed);
  return {
    name: `study-${table.studyId}-${table.metric}`,
    caption: `${table.name}: ${metric} by depth`,
    columns: [
      tableColumn({ id: 'depth', head: 'Depth', kind: 'number' }),
      ...versions.map((version) =>
        tableColumn({ id: version, head: version.toUpperCase(), group: metric, unit, kind: 'summary', better }),
      ),
      ...(hasDifference
        ? [tableColumn({ id: 'difference', head: 'V2 − V1', unit: differenceUnit.trim(), kind: 'summary' })]
        : []),
    ],
    rows: rows.map(({ depth, cells, difference }) => [
      { kind: 'number', value: depth, decimals: null },
      ...markBest(
        cells.map((cell) => (cell === null ? EMPTY : summary(cell, cell.failed.length))),
        better,
      ),
      ...(hasDifference ? [difference === null ? EMPTY : summary(difference, 0)] : []),
    ]),
    notes: [
      ...(hasDifference ? ['V2 − V1 is taken over the seeds that both finished.'] : []),
      ...table.differences.map(({ depth, verdict }) => `Depth ${depth}: ${verdict}.`),
    ],
  };
}

function summaryCell(
  { metric }: StudyTable,
  { n, mean, std, interval }: StudyCell | PairedDifference,
  failed: number,
): SummaryCell {
  const show = (value: number) => toDisplay(metric, value);
  return {
    kind: 'summary',
    n,
    mean: mean === null ? null : show(mean),
    std: std === null ? null : show(std),
    interval: interval && { low: show(interval.low), high: show(interval.high) },
    failed,
    decimals: METRICS[metric].decimals,
  };
}
