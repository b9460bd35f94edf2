import { labelOf } from '../analysis/studySeries.ts';
import type { StudyTable } from '../contract/study.ts';
import type { ChartTable } from './chart.ts';
import type { DepthMetric } from './depthMetric.ts';
import { shownInterval } from './depthRange.ts';

/** The depth chart as rows: a line a series and depth. */
export function depthTable(table: StudyTable, metric: DepthMetric): ChartTable {
  return {
    caption: `${table.name}: ${metric.label} by series and depth`,
    heads: ['Series', 'Depth', `Mean, ${metric.label}`, '95 % low', '95 % high', 'n', 'Failed', 'Reasons'],
    rows: table.cells.map((cell) => {
      const interval = shownInterval(metric, cell.interval);
      return [
        labelOf(table.series, cell.series),
        cell.depth,
        cell.mean === null ? null : metric.show(cell.mean),
        interval?.[0] ?? null,
        interval?.[1] ?? null,
        cell.n,
        cell.failed.length,
        cell.failed.map(({ seed, reason }) => `seed ${seed}: ${reason}`).join('; '),
      ];
    }),
  };
}
