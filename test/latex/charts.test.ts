import { describe, expect, it } from 'vitest';
import { depthChart } from '../../src/charts/depthChart.ts';
import { pgfplots } from '../../src/charts/pgfplots.ts';
import { depthStudy } from '../../src/charts/studyTable.fixture.ts';
import { chartTheme } from '../../src/charts/theme.ts';
import { compile } from './compile.ts';

const linear = { name: 'Step', log: false, min: 1, max: 300 };
const logarithmic = { name: 'Loss (≥ 0) 50 % {a}', log: true, min: 0.001, max: 10 };
const names = ['V1, 20 layers', 'a_b % \\input{x} [1] 深い', 'x'];
const curves = names.map((name, index) => ({
  name,
  series: ([null, 'v1', 'v2'] as const)[index]!,
  colour: '#d55e00',
  xs: Array.from({ length: 300 }, (_, step) => step + 1),
  ys: Array.from({ length: 300 }, (_, step) => (step === 7 ? Number.NaN : Math.exp(-step / 60))),
}));

describe('charts in LaTeX', () => {
  it('compile: curves with gaps, hostile names, linear and logarithmic axes', () => {
    const views = [linear, { ...linear, log: true }].flatMap((x) =>
      [logarithmic, { ...logarithmic, log: false }].map((y) => ({ x, y })),
    );
    const { code, complaints, log } = compile(views.map((view) => pgfplots({ title: names[1]!, curves }, view)));
    expect(complaints).toEqual([]);
    expect(code, log.slice(-2000)).toBe(0);
  });

  it('compile: the depth chart with its error bars', () => {
    const chart = depthChart({ table: depthStudy(), theme: chartTheme(() => '') });
    const { code, complaints, log } = compile([pgfplots(chart.plot!(), chart.home)]);
    expect(complaints).toEqual([]);
    expect(code, log.slice(-2000)).toBe(0);
  });
});
