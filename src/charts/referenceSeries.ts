import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import type { NetworkVersion } from '../contract/network.ts';
import type { ReferencePoint, ReferenceSeries } from '../contract/reference.ts';
import { lineSeries } from './curveSeries.ts';
import type { DepthMetric } from './depthMetric.ts';
import type { DepthScene } from './depthSeries.ts';
import { footMarks } from './marks.ts';
import { familyColour, REFERENCE_LINE } from './palette.ts';

/** Crosses of published failures stand above those of the study's own runs. */
const FIRST_ROW = 2;

/** A published figure as the metric shows it; null where the source has none, and where the metric is another thing. */
export function publishedValue({ errorPercent }: ReferencePoint, { showError }: DepthMetric): number | null {
  return errorPercent === null || showError === null ? null : showError(errorPercent);
}

/** A published table: dotted, with hollow marks, behind what was measured; crosses where the source says "fail". */
export function referenceSeries(
  reference: ReferenceSeries,
  { metric, axis, theme }: DepthScene,
): (LineSeriesOption | CustomSeriesOption)[] {
  return versionsOf(reference).flatMap((version) => {
    const colour = familyColour(version, theme.mode);
    const points = reference.points
      .filter((point) => point.version === version)
      .sort((one, other) => one.depth - other.depth);
    const failed = points.filter(({ errorPercent }) => errorPercent === null);
    const line = lineSeries(
      { name: reference.title, colour, series: version },
      points.map(({ depth }) => axis.place(version, depth)),
      points.map((point) => publishedValue(point, metric) ?? NaN),
    );
    const curve: LineSeriesOption = {
      ...line,
      showSymbol: true,
      symbolSize: 6,
      lineStyle: { color: colour, width: 1.2, type: REFERENCE_LINE, opacity: 0.75 },
      itemStyle: { color: theme.surface, borderColor: colour, borderWidth: 1.2, opacity: 0.9 },
      z: 2,
    };
    return [
      curve,
      ...(failed.length === 0
        ? []
        : [
            footMarks({
              name: reference.title,
              colour,
              xs: failed.map(({ depth }) => axis.place(version, depth)),
              row: FIRST_ROW + (version === 'v1' ? 0 : 1),
              labels: failed.map(() => reference.title),
              font: `${theme.fontSize}px ${theme.fontFamily}`,
            }),
          ]),
    ];
  });
}

function versionsOf({ points }: ReferenceSeries): NetworkVersion[] {
  return [...new Set(points.map(({ version }) => version))].sort();
}
