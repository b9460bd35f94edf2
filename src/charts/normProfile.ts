import type { LineSeriesOption, SeriesOption } from 'echarts';
import { formatQuantity, QUANTITY_FACTS } from '../analysis/layerQuantities.ts';
import { SITE_OF, type LayerQuantity } from '../contract/flow.ts';
import type { NetworkVersion } from '../contract/network.ts';
import { remarkBelow } from './axes.ts';
import type { Chart, ReadoutRow } from './chart.ts';
import { lineSeries } from './curveSeries.ts';
import { drawable } from './drawable.ts';
import type { LayerProfile } from './layerProfile.ts';
import { layersChart } from './layersChart.ts';
import { faintDots, footMarks } from './marks.ts';
import { familyColour, seriesColour, SERIES_STYLE } from './palette.ts';
import type { ChartTheme } from './theme.ts';

export interface ProfileRun {
  /** The legend's entry. */
  readonly name: string;
  readonly version: NetworkVersion;
  readonly profile: LayerProfile;
}

/** How parameter tensors are drawn. */
export const PROFILE_REMARK = 'Line: weights; dots: scales, shifts and biases';

export interface NormProfileOptions {
  /** One run, or V1 and V2 beside each other. The stages are the first one's. */
  readonly runs: readonly ProfileRun[];
  readonly quantity?: LayerQuantity;
  readonly theme: ChartTheme;
  /** On by default. */
  readonly logY?: boolean;
}

/**
 * A quantity of every layer at one step, from the image (left) to the loss. Of parameter tensors the line runs through the weights of
 * convolutions and the dense layer; scales, shifts and biases have norms of their own order and stand as faint dots. What a log axis cannot show (0, NaN,
 * infinity) is a cross at the foot, and the readout says which it is.
 */
export function normProfile({ runs, quantity = 'gradientNorm', theme, logY = true }: NormProfileOptions): Chart {
  const { title, scale } = QUANTITY_FACTS[quantity];
  const chart = layersChart({
    curves: runs.map((run) => shownProfile(run, runs, theme)),
    layers: runs[0]?.profile.layers.map(({ name }) => name) ?? [],
    theme,
    xName: 'Layer, from the image to the loss',
    yName: scale === 'log' ? title : `${title} (share)`,
    logY,
    series: (curve, index) => profileSeries(curve, index, logY),
    titleAt: (layer, count) => `Layer ${layer} of ${count}`,
    rowsAt,
    table: () => ({
      caption: `${title} of each layer, ${runs.map(({ name, profile }) => `${name} at step ${profile.step}`).join(', ')}`,
      heads: ['Run', 'Name', 'Step', 'Layer', 'Layer name', title],
      rows: runs.flatMap(({ name, profile }) =>
        profile.layers.map((layer, index) => [profile.runId, name, profile.step, index + 1, layer.name, layer.value]),
      ),
    }),
    plotTitle: `${title} by layer`,
  });
  const remark = SITE_OF[quantity] === 'parameter' ? remarkBelow(theme, PROFILE_REMARK) : { show: false };
  return { ...chart, option: { ...chart.option, title: remark } };
}

type ShownProfile = ReturnType<typeof shownProfile>;

function shownProfile({ name, version, profile }: ProfileRun, runs: readonly ProfileRun[], theme: ChartTheme) {
  // Two runs of one family are told apart by lightness, as depths are; the second is the darker.
  const ranks = runs.filter((run) => run.version === version);
  const rank = ranks.findIndex((run) => run.profile === profile);
  const colour =
    ranks.length === 1
      ? familyColour(version, theme.mode)
      : seriesColour({ series: version, depth: rank, depths: ranks.map((_, index) => index), theme: theme.mode });
  const xs = Float64Array.from(profile.layers, (_, index) => index + 1);
  const ys = Float64Array.from(profile.layers, ({ value }) => value);
  const hasDots = SITE_OF[profile.quantity] === 'parameter';
  const isWeight = (_: number, layer: number) => !hasDots || profile.layers[layer]!.name.endsWith('.weight');
  const missing = (log: boolean) => xs.filter((_, index) => !Number.isFinite(ys[index]) || (log && ys[index]! <= 0));
  return { look: { name, series: version, colour }, profile, xs, ys, isWeight, missing };
}

function profileSeries(
  { look, xs, ys, isWeight, missing }: ShownProfile,
  index: number,
  logY: boolean,
): [LineSeriesOption, ...SeriesOption[]] {
  const isOther = (_: number, layer: number) => !isWeight(_, layer);
  const crosses = missing(logY);
  return [
    lineSeries(look, xs.filter(isWeight), drawable(ys.filter(isWeight), logY)),
    faintDots({
      ...look,
      symbol: SERIES_STYLE[look.series].symbol,
      xs: xs.filter(isOther),
      ys: drawable(ys.filter(isOther), logY),
    }),
    ...(crosses.length === 0 ? [] : [footMarks({ ...look, xs: crosses, row: index })]),
  ];
}

function rowsAt({ look, profile }: ShownProfile, index: number): ReadoutRow[] {
  const layer = profile.layers[index];
  if (layer === undefined) return [];
  const isLog = QUANTITY_FACTS[profile.quantity].scale === 'log';
  return [
    {
      series: look.name,
      name: look.name,
      note: layer.name,
      value: layer.value === 0 && isLog ? '0 (underflow)' : formatQuantity(profile.quantity, layer.value),
      colour: look.colour,
      glyph: SERIES_STYLE[look.series].glyph,
      y: Number.isFinite(layer.value) && (!isLog || layer.value > 0) ? layer.value : null,
      runId: profile.runId,
    },
  ];
}
