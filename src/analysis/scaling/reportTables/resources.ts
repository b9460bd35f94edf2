import type { CellResources, StudyReport } from '../../../contract/studyReport.ts';
import { metricCell } from '../../tables/metricCell.ts';
import { EMPTY, tableColumn, type Table } from '../../tables/table.ts';
import { RESOURCES_NOTE } from '../notes.ts';
import { RESOURCE_METRICS } from '../resources.ts';
import { numberColumn, placeColumns, reportTable, type ReportColumn } from './columns.ts';

/** Short, so that the table fits a page. */
const HEADS: Readonly<Record<(typeof RESOURCE_METRICS)[number], { readonly head: string; readonly unit: string }>> = {
  trainingTime: { head: 'Time', unit: 's' },
  imagesPerSecond: { head: 'Speed', unit: 'images/s' },
  peakMemory: { head: 'Memory', unit: 'MB' },
};

/** Parameters, time and memory of each series at each depth. */
export function resourceTable({ table, resources }: StudyReport, name: string): Table {
  const columns: ReportColumn<CellResources>[] = [
    ...placeColumns<CellResources>(table),
    numberColumn({ id: 'parameters', head: 'Parameters' }, null, ({ parameters }) => parameters),
    ...RESOURCE_METRICS.map(resourceColumn),
  ];
  const about = { name: `${name}-resources`, caption: `${table.name}: time and memory`, notes: [RESOURCES_NOTE] };
  return reportTable(about, columns, resources);
}

function resourceColumn(metric: (typeof RESOURCE_METRICS)[number]): ReportColumn<CellResources> {
  return {
    column: tableColumn({ id: metric, ...HEADS[metric], kind: 'summary' }),
    cell: ({ figures }) => {
      const found = figures.find((one) => one.metric === metric);
      return found === undefined ? EMPTY : metricCell(metric, found);
    },
  };
}
