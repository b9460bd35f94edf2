import { describe, expect, it } from 'vitest';
import { learningCurve, type LearningCurve } from './learningCurve.ts';
import { chartTheme } from './theme.ts';

const theme = chartTheme(() => '');

function curve(change: Partial<LearningCurve> = {}): LearningCurve {
  return {
    runId: 1,
    name: 'V2, 20 layers',
    version: 'v2',
    depth: 20,
    seed: 1,
    steps: Float64Array.of(1, 2, 3, 4),
    values: Float32Array.of(2, 1, 0.5, 0.25),
    stepsPerEpoch: 2,
    batchSize: 64,
    stepMs: 100,
    ...change,
  };
}

type Series = { type: string; name: string; data: Float64Array; lineStyle: { type: unknown; opacity?: number } };
const seriesOf = (chart: ReturnType<typeof learningCurve>) => chart.option.series as Series[];

describe('the curves of runs', () => {
  it('are packed without an object a point', () => {
    const [line] = seriesOf(learningCurve({ curves: [curve()], theme, yName: 'Loss' }));
    expect(line!.data).toEqual(Float64Array.of(1, 2, 2, 1, 3, 0.5, 4, 0.25));
    expect(line!.lineStyle.type).toBe('solid');
  });

  it('have one line where something was changed by hand, however many they are', () => {
    const changes = [{ step: 3, label: 'rate 0.01' }];
    const curves = [curve({ changes }), curve({ changes, name: 'Training batches' })];
    const series = seriesOf(learningCurve({ curves, theme, yName: 'Loss', xMode: 'images' }));
    const marks = series.filter(({ type }) => type === 'custom');
    expect(marks).toHaveLength(1);
    expect([...marks[0]!.data]).toEqual([192, NaN]);
  });

  it.each([
    ['epoch', 0.5],
    ['images', 64],
    ['time', 0.1],
  ] as const)('stand over %s', (xMode, first) => {
    const [line] = seriesOf(learningCurve({ curves: [curve()], theme, yName: 'Loss', xMode }));
    expect(line!.data[0]).toBeCloseTo(first);
  });

  it('keep the raw line faint behind the smoothed one', () => {
    const series = seriesOf(learningCurve({ curves: [curve()], theme, yName: 'Loss', smoothing: 0.9 }));
    expect(series).toHaveLength(2);
    expect(series[1]!.lineStyle.opacity).toBeLessThan(0.5);
    expect(Array.from(series[1]!.data)).toEqual([1, 2, 2, 1, 3, 0.5, 4, 0.25]);
    expect(series[0]!.data[7]).toBeGreaterThan(0.25);
  });

  it('mark what is not finite at the foot and leave a gap', () => {
    const broken = curve({ values: Float32Array.of(1, NaN, Infinity, 2) });
    const series = seriesOf(learningCurve({ curves: [broken], theme, yName: 'Loss' }));
    expect(series[0]!.data[3]).toBeNaN();
    expect(series[0]!.data[5]).toBeNaN();
    expect(series[1]).toMatchObject({ type: 'custom', data: Float64Array.of(2, NaN) });
  });

  it('leave out of a log axis what it cannot show', () => {
    const chart = learningCurve({
      curves: [curve({ values: Float32Array.of(0, -1, 0.1, 1) })],
      theme,
      yName: 'Loss',
      logY: true,
    });
    const yAxis = chart.option.yAxis as { type: string; min: number; max: number };
    expect(yAxis.type).toBe('log');
    expect(yAxis.min).toBeGreaterThan(0.01);
    expect(yAxis.max).toBeGreaterThan(1);
    expect(seriesOf(chart)[0]!.data[1]).toBeNaN();
  });

  it('span the steps that are asked for', () => {
    const chart = learningCurve({ curves: [curve()], theme, yName: 'Loss', xMode: 'epoch', stepRange: [1, 100] });
    expect(chart.option.xAxis).toMatchObject({ min: 0.5, max: 50 });
  });
});

describe('the readout', () => {
  const chart = learningCurve({
    curves: [
      curve({ values: Float32Array.of(0.2, 0.3, 0.4, 0.5) }),
      curve({ runId: 2, seed: 2, version: 'v1', steps: Float64Array.of(1, 3), values: Float32Array.of(0.9, 0.8) }),
    ],
    theme,
    yName: 'Accuracy',
    unit: '%',
    scale: 100,
  });

  it('lists the values nearest to the crosshair, sorted as the lines are', () => {
    const readout = chart.readout(2.8)!;
    expect(readout).toMatchObject({ title: 'Step 3', x: 3 });
    expect(readout.rows.map(({ name, value, runId }) => [name, value, runId])).toEqual([
      ['V2, 20 layers, seed 2', '80.00 %', 2],
      ['V2, 20 layers, seed 1', '40.00 %', 1],
    ]);
  });

  it('leaves out a run that has ended before', () => {
    expect(chart.readout(6)).toBeNull();
    expect(chart.readout(4.4)!.rows.map(({ runId }) => runId)).toEqual([1]);
  });
});

it('gives its numbers as a table and as a figure', () => {
  const chart = learningCurve({ curves: [curve()], theme, yName: 'Loss', xMode: 'epoch' });
  const table = chart.table();
  expect(table.heads).toEqual(['Run', 'Name', 'Seed', 'Step', 'Epoch', 'Loss']);
  expect(table.rows[1]).toEqual([1, 'V2, 20 layers', 1, 2, 1, 1]);
  expect(chart.plot!().curves[0]).toMatchObject({ name: 'V2, 20 layers', series: 'v2' });
});

it('draws an empty frame without curves', () => {
  const chart = learningCurve({ curves: [], theme, yName: 'Loss', logY: true });
  expect(chart.readout(1)).toBeNull();
  expect(chart.option.xAxis).toMatchObject({ min: 0, max: 1 });
});
