import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import type { DepthFit } from '../contract/studyReport.ts';
import { band } from './band.ts';
import { lineSeries } from './curveSeries.ts';
import { familyColour } from './palette.ts';
import type { ChartTheme } from './theme.ts';

/** A fitted line with the band of its mean, thin and without marks, so that it is not taken for what was measured. */
export function fitSeries(
  { series, line }: DepthFit,
  /** The legend's entry of its series, which hides it too. */
  name: string,
  theme: ChartTheme,
): (LineSeriesOption | CustomSeriesOption)[] {
  const look = { name, colour: familyColour(series, theme.mode), series };
  const xs = line.map(({ depth }) => depth);
  const curve: LineSeriesOption = {
    ...lineSeries(
      look,
      xs,
      line.map(({ value }) => value),
    ),
    showSymbol: false,
    lineStyle: { color: look.colour, width: 1, type: [1, 3] },
    z: 2,
  };
  return [band({ ...look, xs, lows: line.map(({ low }) => low), highs: line.map(({ high }) => high) }), curve];
}
