import type { PointComparison, SeriesComparison } from '../../../contract/reference.ts';
import type { StudyReport } from '../../../contract/studyReport.ts';
import { OUTCOMES, seriesApart } from '../../published/outcomes.ts';
import type { Table } from '../../tables/table.ts';
import { PUBLISHED_NOTE } from '../notes.ts';
import { intervalColumns, numberColumn, reportTable, textColumn, type ReportColumn } from './columns.ts';

interface Row {
  readonly series: SeriesComparison;
  /** Null for a series that has no point at a depth of the study. */
  readonly point: PointComparison | null;
}

const DECIMALS = 2;
const ERROR = { head: 'Error', unit: '%' };

/**
 * Every published figure beside ours. For programs each series has a row at least; for readers those without a point are
 * named below, with what keeps them apart.
 */
export function publishedTable({ table, published }: StudyReport, name: string, hasFigures: boolean): Table {
  const rows = published.flatMap((series): Row[] => {
    const points = series.points.map((point) => ({ series, point }));
    return points.length === 0 && hasFigures ? [{ series, point: null }] : points;
  });
  const about = {
    name: `${name}-published`,
    caption: `${table.name}: published figures`,
    notes: [
      ...seriesApart(published).map(
        ([reason, series]) => `Not comparable: ${reason}: ${series.map(({ title }) => title).join('; ')}.`,
      ),
      PUBLISHED_NOTE,
    ],
  };
  return reportTable(about, hasFigures ? columnsForPrograms() : columnsForReaders(), rows);
}

function place(): ReportColumn<Row>[] {
  return [
    textColumn('title', 'Source', ({ series }) => series.title),
    textColumn('version', 'Version', ({ point }) => point?.version.toUpperCase() ?? ''),
    numberColumn({ id: 'depth', head: 'Depth' }, null, ({ point }) => point?.depth),
  ];
}

function columnsForReaders(): ReportColumn<Row>[] {
  return [
    ...place(),
    numberColumn({ id: 'error', ...ERROR }, DECIMALS, ({ point }) => point?.errorPercent),
    textColumn('finding', 'Finding', findingOf),
  ];
}

function columnsForPrograms(): ReportColumn<Row>[] {
  return [
    ...place(),
    textColumn('source', 'Citation', ({ series }) => series.source),
    numberColumn({ id: 'error', ...ERROR }, DECIMALS, ({ point }) => point?.errorPercent),
    numberColumn({ id: 'spread', head: 'Spread', unit: '%' }, DECIMALS, ({ point }) => point?.spread),
    numberColumn({ id: 'runs', head: 'Runs' }, null, ({ point }) => point?.runs),
    numberColumn({ id: 'ours', head: 'Our error', unit: '%' }, DECIMALS, ({ point }) => point?.ours?.mean),
    numberColumn({ id: 'ourRuns', head: 'Our runs' }, null, ({ point }) => point?.ours?.n),
    ...intervalColumns<Row>({ id: 'range', head: 'Expected', unit: '%' }, DECIMALS, ({ point }) => point?.range),
    textColumn('outcome', 'Outcome', ({ point }) => OUTCOMES[point?.outcome ?? 'notComparable']),
    textColumn('finding', 'Finding', findingOf),
  ];
}

function findingOf({ series, point }: Row): string {
  return point?.sentence ?? series.reason ?? '';
}
