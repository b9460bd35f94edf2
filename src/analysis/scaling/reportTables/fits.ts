import type { DepthFit, StudyReport } from '../../../contract/studyReport.ts';
import { labelOf } from '../../studySeries.ts';
import type { Table } from '../../tables/table.ts';
import { FIT_NOTE } from '../notes.ts';
import { intervalColumns, numberColumn, reportTable, textColumn, type ReportColumn } from './columns.ts';

const DECIMALS = 3;
const MODELS_NOTE = 'Line: value = intercept + slope ln(depth). Power law: ln(value) in its place.';

/** The fits over ln(depth), with what they say, and why a series has none. For readers with the figures that fit a page. */
export function fitTable({ table, fits, withoutFit }: StudyReport, name: string, hasFigures: boolean): Table {
  const fitted: ReportColumn<DepthFit>[] = [
    textColumn('series', 'Series', ({ series }) => labelOf(table.series, series)),
    textColumn('model', 'Model', ({ isPowerLaw }) => (isPowerLaw ? 'power law' : 'line')),
    numberColumn({ id: 'runs', head: 'Runs' }, null, ({ n }) => n),
    numberColumn({ id: 'intercept', head: 'Intercept' }, DECIMALS, ({ intercept }) => intercept),
    numberColumn({ id: 'slope', head: 'Slope' }, DECIMALS, ({ slope }) => slope),
    ...intervalColumns<DepthFit>({ id: 'slope', head: 'Slope, 95 %' }, DECIMALS, ({ slopeInterval }) => slopeInterval),
    numberColumn({ id: 'p', head: 'p' }, DECIMALS, ({ p }) => p),
    numberColumn({ id: 'rSquared', head: 'R²' }, DECIMALS, ({ rSquared }) => rSquared),
  ];
  const further: ReportColumn<DepthFit>[] = [
    textColumn('depths', 'Depths', ({ depths }) => depths.join(' ')),
    numberColumn({ id: 'residualStd', head: 'Residual std' }, DECIMALS, ({ residualStd }) => residualStd),
  ];
  const about = {
    name: `${name}-fits`,
    caption: `${table.name}: fits against depth`,
    notes: [
      ...(fits.length === 0 ? [] : [MODELS_NOTE]),
      ...[...fits.map(({ sentence }) => sentence), ...withoutFit].map((sentence) => `${sentence}.`),
      FIT_NOTE,
    ],
  };
  return reportTable(about, hasFigures ? [...fitted, ...further] : fitted, fits);
}
