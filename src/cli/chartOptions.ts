import { Option, type Command } from 'commander';
import { extname } from 'node:path';
import { csv } from '../analysis/tables/csv.ts';
import type { Chart, ChartTable } from '../charts/chart.ts';
import { pgfplots } from '../charts/pgfplots.ts';
import { PAPER_THEME } from '../charts/theme.ts';
import { UserError } from '../contract/errors.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, type CommonOptions } from './session.ts';
import { pixels } from './values.ts';
import { writeText } from './writeText.ts';

const CHART_FORMATS = ['svg', 'csv', 'tex'] as const;
type ChartFormat = (typeof CHART_FORMATS)[number];

/** What the commands that draw a chart have alike. */
export interface ChartCommandOptions extends CommonOptions {
  readonly format?: ChartFormat;
  readonly width: number;
  readonly height: number;
  readonly out?: string;
  readonly force?: boolean;
}

/** Adds how a chart is written, and where to. */
export function addChartOptions(command: Command): Command {
  return addCommonOptions(
    command
      .addOption(
        new Option(
          '--format <format>',
          'svg, csv (the numbers behind) or tex (pgfplots); default: as --out ends, else svg',
        ).choices(CHART_FORMATS),
      )
      .option('--width <px>', 'width of the SVG', pixels, 760)
      .option('--height <px>', 'height of the SVG', pixels, 340)
      .option('--out <file>', 'write the chart here instead of printing it')
      .option('--force', 'replace the file where there is one')
      // Before anything is read.
      .hook('preAction', (_, asked) => void formatOf(asked.opts<ChartCommandOptions>())),
  );
}

/** What there is of a chart: `plot` where it is a set of lines. */
interface Drawing {
  table(): ChartTable;
  svg(): Promise<string>;
  readonly plot?: () => string;
}

/** Prints a chart, or writes it to its file, as `giveDrawing`. */
export async function giveChart(chart: Chart, options: ChartCommandOptions): Promise<void> {
  const { plot } = chart;
  await giveDrawing(
    {
      table: () => chart.table(),
      svg: async () => {
        // Loaded where it is needed: ECharts is larger than the rest of the command line.
        const { svgText } = await import('../charts/svgText.ts');
        return svgText(
          { ...chart.option, ...chart.axes(chart.home) },
          options,
          chart.table().caption,
          PAPER_THEME.surface,
        );
      },
      ...(plot === undefined ? {} : { plot: () => pgfplots(plot(), chart.home) }),
    },
    options,
  );
}

/**
 * Prints a drawing, or writes it to its file.
 * @throws UserError where the file's name ends in what is no form of a chart, or it cannot be written
 */
export async function giveDrawing(drawing: Drawing, options: ChartCommandOptions): Promise<void> {
  const { out, force = false } = options;
  if (options.json) return printJson(drawing.table());
  const text = await textOf(drawing, formatOf(options));
  if (out === undefined) print(text);
  else print(writeText(out, text, force));
}

async function textOf({ table, svg, plot }: Drawing, format: ChartFormat): Promise<string> {
  if (format === 'svg') return svg();
  if (format === 'csv') {
    const { heads, rows } = table();
    return csv([heads, ...rows]);
  }
  if (plot !== undefined) return plot();
  throw new UserError({
    code: 'bad-input',
    message: 'A map of pixels cannot be written as tex',
    where: '--format',
    hint: 'Take svg, or csv for the numbers behind',
  });
}

/** As it was asked for, else as the name of the file says. */
export function formatOf({ format, out }: ChartCommandOptions): ChartFormat {
  if (format !== undefined) return format;
  if (out === undefined) return 'svg';
  const ending = extname(out).slice(1).toLowerCase();
  const known = CHART_FORMATS.find((one) => one === ending);
  if (known !== undefined) return known;
  throw new UserError({
    code: 'bad-input',
    message: `A chart cannot be written as ${ending === '' ? 'a file without an ending' : ending}`,
    where: '--out',
    hint: `Endings: ${CHART_FORMATS.join(', ')}; or say it with --format. The window saves PNG, and rsvg-convert or Inkscape makes PNG and PDF of an SVG`,
  });
}
