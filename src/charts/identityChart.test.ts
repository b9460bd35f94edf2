import { expect, it } from 'vitest';
import { countUnits, judgeUnit } from '../analysis/identityPath.ts';
import { cleanUnit, pathStep } from '../analysis/identityUnit.fixture.ts';
import { identityChart, type IdentityMeasure, type VerifiedRun } from './identityChart.ts';
import { chartTheme } from './theme.ts';

const theme = chartTheme(() => '');
const blocks = [
  judgeUnit(cleanUnit),
  judgeUnit({ ...cleanUnit, name: 'stage1.unit2', path: [pathStep('relu', 'after-addition')], meanAbsoluteF: 2 }),
  judgeUnit({
    ...cleanUnit,
    name: 'stage2.unit1',
    isSameShape: false,
    meanProduct: null,
    meanSquareDeviation: null,
    skipProbes: [],
    unitProbes: [],
  }),
];
const run: VerifiedRun = {
  name: 'V1, 8 layers',
  series: 'v1',
  runId: 7,
  report: {
    network: 'resnet_v1_8',
    input: { height: 8, width: 8, channels: 1, classes: 10 },
    step: 3,
    images: { data: null, count: 2 },
    seed: 0,
    statistics: 'batch',
    probes: 2,
    ...countUnits(blocks),
    blocks,
  },
};
const chartOf = (measure: IdentityMeasure, runs = [run]) => identityChart({ runs, theme, measure, logY: true });

type Series = { name: string; data: Float64Array };

it('draws the residual and the identity of each block', () => {
  const chart = chartOf('magnitude');
  const [residual, identity] = chart.option.series as Series[];
  expect(Array.from(residual!.data)).toEqual([1, 0.5, 2, 2, 3, 0.5]);
  expect(Array.from(identity!.data)).toEqual([1, 1, 2, 1, 3, 1]);
  expect(chart.readout(2)).toMatchObject({
    title: 'Block 2 of 3, stage1.unit2',
    rows: [{ value: '2.000', note: 'ReLU after the addition, which changes its input by 0.300 of its RMS' }, {}],
  });
});

it('leaves a gap where nothing is defined, and says so', () => {
  const chart = chartOf('cosine');
  expect(chart.home.y.log).toBe(false);
  expect((chart.option.series as Series[])[0]!.data.at(-1)).toBeNaN();
  expect(chart.readout(3)).toMatchObject({ rows: [{ value: 'not defined', y: null }] });
});

it('names the run of each curve where there are two, and has all numbers in its table', () => {
  const chart = chartOf('ratio', [run, { ...run, name: 'V2, 8 layers', series: 'v2', runId: 8 }]);
  expect((chart.option.series as Series[]).map(({ name }) => name)).toEqual([
    'V1, 8 layers, |F| / |x|',
    'V2, 8 layers, |F| / |x|',
  ]);
  const { heads, rows } = chart.table();
  expect(rows).toHaveLength(6);
  expect(rows[1]!.slice(0, 6)).toEqual([7, 'V1, 8 layers', 'stage1.unit2', 'fail', 'no', 2]);
  expect(heads).toHaveLength(rows[0]!.length);
});
