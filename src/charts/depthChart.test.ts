import { describe, expect, it } from 'vitest';
import type { ReferenceSeries } from '../contract/reference.ts';
import type { DepthFit } from '../contract/studyReport.ts';
import { depthChart } from './depthChart.ts';
import { differenceChart } from './differenceChart.ts';
import { depthStudy } from './studyTable.fixture.ts';
import { chartTheme } from './theme.ts';

const theme = chartTheme(() => '');
const published: ReferenceSeries = {
  id: 'he',
  data: 'cifar10',
  title: 'He et al. 2016',
  source: 'arXiv:1603.05027, table 4',
  caution: '',
  kind: 'paper',
  network: {},
  statistic: 'median',
  result: 'last',
  recipe: null,
  incomparable: null,
  isAblation: false,
  points: [
    { version: 'v2', depth: 1001, errorPercent: 4.92, spread: 0.14, runs: 5 },
    { version: 'v1', depth: 1001, errorPercent: null, spread: null, runs: null },
  ],
};

type Series = {
  type: string;
  name: string;
  data: Float64Array;
  showSymbol?: boolean;
  lineStyle?: { type: unknown };
};
const seriesOf = (chart: { option: { series?: unknown } }, type: string) =>
  (chart.option.series as Series[]).filter((series) => series.type === type);

describe('the depth chart', () => {
  const chart = depthChart({ table: depthStudy(), theme });

  it('has the depths as ticks of a log axis', () => {
    expect(chart.option.xAxis).toMatchObject({ type: 'log', axisTick: { customValues: [20, 110] } });
  });

  it('stands V1 a little to the left of V2, by the same factor at each depth', () => {
    const [v1, v2] = seriesOf(chart, 'line');
    expect(v1!.data[0]).toBeLessThan(20);
    expect(v2!.data[0]).toBeGreaterThan(20);
    expect(v1!.data[2]! / v1!.data[0]!).toBeCloseTo(5.5);
  });

  it('shows means in percent, each seed, and intervals around the means', () => {
    const [, v2] = seriesOf(chart, 'line');
    expect(v2!.data[3]).toBeCloseTo(94.2);
    expect(seriesOf(chart, 'scatter').map(({ data }) => data.length / 2)).toEqual([5, 6]);
    const [x, low, high] = seriesOf(chart, 'custom')[0]!.data;
    expect(x).toBeLessThan(20);
    expect(low).toBeLessThan(91.2);
    expect(high).toBeGreaterThan(91.2);
  });

  it('reads without colour', () => {
    const [v1, v2] = seriesOf(chart, 'line');
    expect(v1!.lineStyle!.type).not.toEqual(v2!.lineStyle!.type);
  });

  it('names failed runs with their reason, and the run of each seed', () => {
    const readout = chart.readout(100)!;
    expect(readout).toMatchObject({ title: '110 layers', x: 110 });
    expect(readout.rows.at(-1)).toMatchObject({
      name: 'V1, seed 3',
      value: 'no result',
      note: 'diverged: the loss is NaN at step 9',
      y: null,
      runId: 213,
    });
    expect(readout.rows.find(({ name }) => name === 'V2, mean')?.note).toContain('n = 3');
  });

  it('does not blow noise up: it spans a point at least, and no more than percent can be', () => {
    const { min, max } = chart.home.y;
    expect(max - min).toBeGreaterThanOrEqual(1);
    expect(max).toBeLessThanOrEqual(100);
  });

  it('shows the error that an accuracy leaves', () => {
    const error = depthChart({ table: depthStudy('testError'), theme });
    expect(error.home.y.name).toBe('Test error (%)');
    expect(seriesOf(error, 'line')[1]!.data[3]).toBeCloseTo(5.8);
  });

  it('shows published figures with their source, but not where another thing is measured', () => {
    const accuracy = depthChart({ table: depthStudy(), theme, references: [published] });
    expect(accuracy.readout(2000)!.rows).toMatchObject([
      { value: '95.08 ± 0.14 %', note: published.source },
      { value: 'fails', glyph: '×', y: null },
    ]);
    const loss = depthChart({ table: depthStudy('testLoss'), theme, references: [published] });
    expect(loss.readout(2000)!.x).toBe(110);
  });

  it('says what its bars are, and draws lines that were fitted, without marks', () => {
    const point = (depth: number, value: number) => ({ depth, value, low: value - 1, high: value + 1 });
    const fit: DepthFit = {
      series: 'v1',
      isPowerLaw: false,
      n: 6,
      depths: [20, 110],
      intercept: 90,
      slope: 0.5,
      slopeInterval: { low: 0.1, high: 0.9 },
      p: 0.02,
      rSquared: 0.9,
      residualStd: 0.1,
      line: [point(20, 91), point(110, 92)],
      sentence: '',
    };
    const fits = [fit, { ...fit, isPowerLaw: true }];
    const fitted = depthChart({ table: depthStudy(), theme, bars: 'bootstrap', fits });
    const lines = seriesOf(fitted, 'line');
    expect(lines.map(({ showSymbol }) => showSymbol)).toEqual([true, true, false]);
    expect([...lines[2]!.data]).toEqual([20, 91, 110, 92]);
    expect(lines[2]!.name).toBe('V1, mean and 95 % bootstrap interval');
  });

  it('draws a single depth, and nothing at all', () => {
    const table = depthStudy();
    const one = depthChart({ table: { ...table, cells: table.cells.filter(({ depth }) => depth === 20) }, theme });
    expect(one.home.x.max).toBeGreaterThan(one.home.x.min);
    const none = depthChart({ table: { ...table, cells: [], differences: [] }, theme, logY: true });
    expect(none.readout(20)).toBeNull();
  });
});

describe('the chart of differences', () => {
  it('shares its x axis with the depth chart, published depths included', () => {
    const options = { table: depthStudy(), theme, references: [published] };
    expect(differenceChart(options).home.x).toEqual(depthChart(options).home.x);
  });

  it('always shows zero', () => {
    const { min, max } = differenceChart({ table: depthStudy(), theme }).home.y;
    expect(min).toBeLessThan(0);
    expect(max).toBeGreaterThan(0);
  });

  it('turns its sign with the error', () => {
    const valueOf = (metric: 'testAccuracy' | 'testError') =>
      seriesOf(differenceChart({ table: depthStudy(metric), theme }), 'line')[0]!.data[3]!;
    expect(valueOf('testAccuracy')).toBeCloseTo(2);
    expect(valueOf('testError')).toBeCloseTo(-2);
  });

  it('says the verdict of the study', () => {
    const table = depthStudy();
    expect(differenceChart({ table, theme }).readout(110)!.rows[0]!.note).toBe(table.differences[1]!.verdict);
  });
});
