import type { StudyTable } from '../../../contract/study.ts';
import type { ChartTable } from './chart.ts';
import type { DepthMetric } from './depthMetric.ts';
import { shownInterval } from './depthRange.ts';
import { VERSION_STYLE } from './palette.ts';

/** The depth chart as rows: a line a version and depth. */
export function depthTable(table: StudyTable, metric: DepthMetric): ChartTable {
  return {
    caption: `${table.name}: ${metric.label} by version and depth`,
    heads: ['Version', 'Depth', `Mean, ${metric.label}`, '95 % low', '95 % high', 'n', 'Failed', 'Reasons'],
    rows: table.cells.map((cell) => {
      const interval = shownInterval(metric, cell.interval);
      return [
        VERSION_STYLE[cell.version].label,
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
