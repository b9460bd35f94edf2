import { expect, it } from 'vitest';
import { depthChart } from './depthChart.ts';
import { pgfplots } from './pgfplots.ts';
import { depthStudy } from './studyTable.fixture.ts';
import { chartTheme } from './theme.ts';

const view = {
  x: { name: 'Step', log: false, min: 1, max: 3 },
  y: { name: 'Loss', log: true, min: 0.1, max: 1 },
};

it('writes curves with gaps, and no text as a command', () => {
  const curve = { name: 'a_b % \\input{x}', series: 'v1' as const, colour: '#d55e00', xs: [1, 2], ys: [0.5, NaN] };
  const text = pgfplots({ title: 'A & B', curves: [curve] }, view);
  expect(text).toContain('ymode=log');
  expect(text).not.toContain('xmode=log');
  expect(text).toContain('title={A \\& B}');
  expect(text).toContain('(2,nan)');
  expect(text).not.toContain('\\input');
  expect(text).toContain('dashed, mark=square*');
  expect(text).toContain('{HTML}{D55E00}');
});

it('writes error bars as distances from their mean', () => {
  const curve = { name: 'V2', series: 'v2' as const, colour: '#0072b2', xs: [20], ys: [5], lows: [4.5], highs: [6] };
  expect(pgfplots({ title: '', curves: [curve] }, view)).toContain('(20,5) += (0,1) -= (0,0.5)');
});

it('gives the depth chart the depths as ticks', () => {
  const chart = depthChart({ table: depthStudy(), theme: chartTheme(() => '') });
  expect(pgfplots(chart.plot!(), chart.home)).toContain('xtick={20,110}');
});
