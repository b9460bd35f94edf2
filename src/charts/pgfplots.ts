import { escapeLatex, latexDefinitions } from '../analysis/tables/escapeLatex.ts';
import type { SeriesId } from '../contract/series.ts';
import type { ChartView, Plot, PlotCurve } from './chart.ts';

/** The dashes and marks of the screen. */
const STYLES: Readonly<Record<SeriesId | 'none', string>> = {
  v1: 'dashed, mark=square*',
  v2: 'mark=*',
  third: 'dashdotted, mark=triangle*',
  fourth: 'densely dashed, mark=diamond*',
  fifth: 'loosely dashed, mark=pentagon*',
  sixth: 'dashdotdotted, mark=otimes*',
  none: 'mark=diamond*',
};

/** From this many points on marks would hide the line. */
const MARKED_POINTS = 60;

/** A figure for a paper. It needs `\usepackage{pgfplots}` and nothing else. */
export function pgfplots(plot: Plot, { x, y }: ChartView): string {
  const options = [
    `title={${escapeLatex(plot.title)}}`,
    `xlabel={${escapeLatex(x.name)}}`,
    `ylabel={${escapeLatex(y.name)}}`,
    ...(x.log ? ['xmode=log', 'log ticks with fixed point'] : []),
    ...(y.log ? ['ymode=log'] : []),
    ...(plot.xTicks === undefined ? [] : [`xtick={${plot.xTicks.join(',')}}`, 'xminorticks=false']),
    `xmin=${x.min}, xmax=${x.max}`,
    'legend pos=outer north east',
    'unbounded coords=jump',
  ];
  const picture = [
    ...plot.curves.map(
      ({ colour }, index) => `\\definecolor{depthlab${index}}{HTML}{${colour.replace('#', '').toUpperCase()}}`,
    ),
    '\\begin{tikzpicture}',
    '  \\begin{axis}[',
    ...options.map((option) => `    ${option},`),
    '  ]',
    ...plot.curves.flatMap(curveLines),
    '  \\end{axis}',
    '\\end{tikzpicture}',
  ];
  const packages = '% \\usepackage{pgfplots} \\pgfplotsset{compat=1.18}';
  return `${[packages, ...latexDefinitions(picture.join('\n')), ...picture].join('\n')}\n`;
}

function curveLines(curve: PlotCurve, position: number): string[] {
  const { name, series, xs, ys, lows, highs } = curve;
  const hasBars = lows !== undefined && highs !== undefined;
  const style = [
    `depthlab${position}`,
    STYLES[series ?? 'none'],
    ...(ys.length > MARKED_POINTS ? ['mark=none'] : []),
    ...(hasBars ? ['error bars/.cd, y dir=both, y explicit'] : []),
  ].join(', ');
  const points = Array.from(ys, (y, index) => {
    const place = `      (${coordinate(xs[index]!)},${coordinate(y)})`;
    if (!hasBars) return place;
    return `${place} += (0,${coordinate(highs[index]! - y)}) -= (0,${coordinate(y - lows[index]!)})`;
  });
  return [`    \\addplot[${style}] coordinates {`, ...points, '    };', `    \\addlegendentry{${escapeLatex(name)}}`];
}

/** Seven digits: what a float32 holds. */
function coordinate(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(Number(value.toPrecision(7)));
}
