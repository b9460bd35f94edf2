import { formatMeasurement } from '../analysis/format.ts';
import type { IdentityBlock, IdentityReport } from '../contract/identity.ts';
import type { SeriesId } from '../contract/series.ts';
import type { Chart, ReadoutRow } from './chart.ts';
import { lineSeries } from './curveSeries.ts';
import { drawable } from './drawable.ts';
import { identityTable } from './identityTable.ts';
import { layersChart } from './layersChart.ts';
import { seriesColour, SERIES_STYLE } from './palette.ts';
import type { ChartTheme } from './theme.ts';

export interface VerifiedRun {
  /** What the run is called where several are shown. */
  readonly name: string;
  readonly series: SeriesId;
  readonly runId: number;
  readonly report: IdentityReport;
}

/** What is drawn of each block. */
export const IDENTITY_MEASURES = {
  magnitude: { label: 'Magnitudes', axis: 'Mean magnitude' },
  ratio: { label: 'Ratio', axis: 'Mean |F| / mean |x|' },
  cosine: { label: 'Cosine', axis: 'Cosine of F and x' },
  jacobian: { label: 'Jacobian', axis: '‖∂y/∂x − I‖ / ‖I‖' },
} as const;
export type IdentityMeasure = keyof typeof IDENTITY_MEASURES;

interface IdentityChartOptions {
  /** One run, or V1 and V2 beside each other. The stages are the first one's. */
  readonly runs: readonly VerifiedRun[];
  readonly theme: ChartTheme;
  readonly measure: IdentityMeasure;
  readonly logY: boolean;
}

interface Quantity {
  readonly name: string;
  /** The second of two curves of a run: lighter and dotted. */
  readonly isSecond: boolean;
  readonly of: (block: IdentityBlock) => number | null;
}

const QUANTITIES: Readonly<Record<IdentityMeasure, readonly Quantity[]>> = {
  magnitude: [
    { name: 'residual |F|', isSecond: false, of: (block) => block.residualMagnitude },
    { name: 'identity |x|', isSecond: true, of: (block) => block.identityMagnitude },
  ],
  ratio: [{ name: '|F| / |x|', isSecond: false, of: (block) => block.residualMagnitude / block.identityMagnitude }],
  cosine: [{ name: 'cosine', isSecond: false, of: (block) => block.cosine }],
  jacobian: [
    { name: 'whole block', isSecond: false, of: (block) => block.unitJacobian?.estimate ?? null },
    { name: 'path alone', isSecond: true, of: (block) => block.skipJacobian?.estimate ?? null },
  ],
};

/** What was measured of every block, from the image (left) to the loss. A log axis leaves a gap where a value is 0. */
export function identityChart({ runs, theme, measure, logY }: IdentityChartOptions): Chart {
  const isLog = logY && measure !== 'cosine';
  const blockNames = runs[0]?.report.blocks.map(({ name }) => name) ?? [];
  return layersChart({
    curves: runs.flatMap((run) => QUANTITIES[measure].map((quantity) => curveOf(run, quantity, runs, theme))),
    layers: blockNames,
    theme,
    xName: 'Block, from the image to the loss',
    yName: IDENTITY_MEASURES[measure].axis,
    logY: isLog,
    series: ({ look, quantity, xs, ys }) => {
      const line = lineSeries(look, xs, drawable(ys, isLog));
      return [quantity.isSecond ? { ...line, lineStyle: { ...line.lineStyle, type: SECOND_LINE } } : line];
    },
    titleAt: (block, count) => `Block ${block} of ${count}, ${blockNames[block - 1] ?? ''}`,
    rowsAt,
    table: () => identityTable(runs),
    plotTitle: IDENTITY_MEASURES[measure].label,
  });
}

const SECOND_LINE = [2, 3];

function curveOf(run: VerifiedRun, quantity: Quantity, runs: readonly VerifiedRun[], theme: ChartTheme) {
  const { series, report } = run;
  const colour = seriesColour({ series, depth: quantity.isSecond ? 0 : 1, depths: [0, 1, 2], theme: theme.mode });
  const name = runs.length > 1 ? `${run.name}, ${quantity.name}` : quantity.name;
  return {
    look: { name, series, colour },
    run,
    quantity,
    xs: Float64Array.from(report.blocks, (_, index) => index + 1),
    ys: Float64Array.from(report.blocks, (block) => quantity.of(block) ?? NaN),
  };
}

function rowsAt({ look, run, quantity }: ReturnType<typeof curveOf>, index: number): ReadoutRow[] {
  const block = run.report.blocks[index];
  if (block === undefined) return [];
  const value = quantity.of(block);
  return [
    {
      series: look.name,
      name: look.name,
      note: block.verdict === 'pass' ? 'clean' : block.reason,
      value: value === null ? 'not defined' : formatMeasurement(value),
      colour: look.colour,
      glyph: SERIES_STYLE[look.series].glyph,
      y: value !== null && Number.isFinite(value) ? value : null,
      runId: run.runId,
    },
  ];
}
