import { Option, type Command } from 'commander';
import { isValidationMetric } from '../analysis/metrics.ts';
import { bootstrapTable } from '../analysis/scaling/bootstrapTable.ts';
import { depthChart } from '../charts/depthChart.ts';
import { BARS, type BarKind } from '../charts/depthNames.ts';
import { differenceChart } from '../charts/differenceChart.ts';
import { isPublishedShown, PUBLISHED_KINDS, type PublishedKind } from '../charts/publishedChoice.ts';
import { PAPER_THEME } from '../charts/theme.ts';
import { TableMetric, type StudyTable } from '../contract/study.ts';
import type { StudyReport } from '../contract/studyReport.ts';
import { addChartOptions, giveChart, type ChartCommandOptions } from './chartOptions.ts';
import { withApi } from './session.ts';
import { identifier } from './values.ts';

interface StudyChartOptions extends ChartCommandOptions {
  readonly metric: TableMetric;
  readonly bars: BarKind;
  readonly logX: boolean;
}

interface DepthChartOptions extends StudyChartOptions {
  readonly published: PublishedKind;
  readonly fit?: boolean;
  readonly logY?: boolean;
}

/** `chart depth ID` and `chart difference ID`: what stands against the depth of a study's networks. */
export function addDepthCharts(chart: Command): void {
  const published = new Option('--published <kind>', "published curves of the study's data behind");
  addStudyChart(chart, 'depth', "a study's results against depth, mean and interval of each series")
    .addOption(published.choices(PUBLISHED_KINDS).default('off'))
    .option('--fit', 'with the line that is fitted to each series')
    .option('--log-y', 'logarithmic y axis')
    .action(drawDepth);
  addStudyChart(chart, 'difference', "a study's paired differences against depth").action(drawDifference);
}

function addStudyChart(chart: Command, name: string, description: string): Command {
  const metric = new Option('--metric <metric>', 'what is drawn').choices(TableMetric.options).default('testAccuracy');
  const bars = new Option('--bars <kind>', "error bars: Student's or bootstrap intervals, 95 %");
  const command = chart
    .command(name)
    .description(description)
    .argument('<id>', 'number of the study', identifier)
    .addOption(metric)
    .addOption(bars.choices(Object.keys(BARS)).default('student'))
    .option('--no-log-x', 'linear depth axis');
  return addChartOptions(command);
}

async function drawDepth(id: number, options: DepthChartOptions): Promise<void> {
  const { metric, bars, published, fit = false, logX, logY = false } = options;
  const { report, references } = await withApi(options, async (api) => {
    const found = await api['studies.report']({ id, metric });
    return { report: found, references: await api['references.list']({ data: found.referenceData }) };
  });
  const chart = depthChart({
    table: tableOf(report, bars),
    references: isValidationMetric(metric) ? [] : references.filter((one) => isPublishedShown(one, published)),
    bars,
    fits: fit ? report.fits : [],
    theme: PAPER_THEME,
    logX,
    logY,
  });
  await giveChart(chart, options);
}

async function drawDifference(id: number, options: StudyChartOptions): Promise<void> {
  const { metric, bars, logX } = options;
  const report = await withApi(options, (api) => api['studies.report']({ id, metric }));
  const chart = differenceChart({ table: tableOf(report, bars), bars, theme: PAPER_THEME, logX });
  await giveChart(chart, options);
}

function tableOf(report: StudyReport, bars: BarKind): StudyTable {
  return bars === 'bootstrap' ? bootstrapTable(report) : report.table;
}
