import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { runColumn } from '../analysis/comparison/columns.ts';
import { epochEvaluation } from '../analysis/epochEvaluation.ts';
import { decimate } from '../analysis/decimate.ts';
import { seriesHeads } from '../analysis/studySeries.ts';
import type { Chart } from '../charts/chart.ts';
import { columnGroups, epochAxis } from '../charts/columnCurves.ts';
import { columnLooks } from '../charts/columnLooks.ts';
import { curveFacts } from '../charts/curveFacts.ts';
import { curveGroups, curveMember } from '../charts/curveGroups.ts';
import { EPOCH_METRICS, type EpochMetric } from '../charts/epochMetric.ts';
import { BAND_NAMES, type BandKind } from '../charts/groupCurve.ts';
import { groupedCurve, type CurveGroup } from '../charts/groupedCurve.ts';
import { learningCurve } from '../charts/learningCurve.ts';
import { STEP_CHARTS } from '../charts/stepCharts.ts';
import { PAPER_THEME } from '../charts/theme.ts';
import { X_MODES, type XMode } from '../charts/xMode.ts';
import { UserError } from '../contract/errors.ts';
import { STEP_SERIES, type SeriesName } from '../contract/frames.ts';
import type { EpochRow, RunRow } from '../contract/run.ts';
import type { FurtherSeries } from '../contract/series.ts';
import type { StudyRow } from '../contract/study.ts';
import type { Api } from '../link/rpc.ts';
import { addChartOptions, formatOf, giveChart, type ChartCommandOptions } from './chartOptions.ts';
import { namedRuns } from './namedRuns.ts';
import { withApi } from './session.ts';
import { identifier, number, runNumbers } from './values.ts';

const EPOCH_NAMES = Object.keys(EPOCH_METRICS) as EpochMetric[];

interface CurveChartOptions extends ChartCommandOptions {
  readonly study?: number;
  readonly metric?: EpochMetric | SeriesName;
  readonly x?: XMode;
  readonly smoothing: number;
  readonly band: BandKind;
  readonly members?: boolean;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/** `chart curves RUN...` and `chart curves --study ID`: what is measured as training goes on. */
export function addCurveChart(chart: Command): void {
  const metric = new Option(
    '--metric <metric>',
    'what is drawn: a result of each epoch, or (the last five) of each step',
  );
  const band = new Option('--band <kind>', 'band of a group of seeds');
  addChartOptions(
    chart
      .command('curves')
      .description('learning curves of runs, or of a study with the mean and a band over its seeds')
      .addArgument(new Argument('[runs...]', 'numbers of runs, e.g. 3 5 8-12').argParser(runNumbers))
      .option('--study <id>', 'a study instead of runs', identifier)
      .addOption(metric.choices([...EPOCH_NAMES, ...STEP_SERIES]))
      .addOption(
        new Option('--x <what>', 'what the x axis counts (default: as the metric)').choices(Object.keys(X_MODES)),
      )
      .option('--smoothing <weight>', 'of what is drawn of each step, from 0 to below 1', smoothing, 0)
      .addOption(band.choices(Object.keys(BAND_NAMES)).default('minMax'))
      .option('--members', 'each seed of a group too')
      .option('--log-x', 'logarithmic x axis')
      .option('--log-y', 'logarithmic y axis')
      .action(drawCurves),
  );
}

async function drawCurves(ids: readonly number[], options: CurveChartOptions): Promise<void> {
  const chart = await withApi(options, async (api) => {
    const subject = await subjectOf(api, ids, options.study);
    const { metric = epochEvaluation(subject.runs[0]!.recipe).accuracy } = options;
    return isEpochMetric(metric)
      ? epochChart(api, subject, metric, options)
      : stepChart(api, subject.runs, metric, options);
  });
  await giveChart(chart, options);
}

/** The runs whose curves are drawn, and the study that groups them. */
interface Subject {
  readonly runs: readonly RunRow[];
  readonly study: StudyRow | null;
}

async function subjectOf(api: Api, ids: readonly number[], studyId: number | undefined): Promise<Subject> {
  if (studyId === undefined && ids.length > 0) return { runs: await namedRuns(api, ids), study: null };
  if (studyId === undefined || ids.length > 0) {
    throw new UserError({
      code: 'bad-input',
      message: 'Name the runs, or a study with --study; one of the two',
      where: 'chart curves',
      hint: 'depthlab chart curves 3 5, or depthlab chart curves --study 1',
    });
  }
  const study = (await api['studies.list']({})).find(({ id }) => id === studyId);
  const runs = (await api['runs.list']({})).filter((run) => run.studyId === studyId);
  if (study !== undefined && runs.length > 0) return { runs, study };
  throw new UserError({
    code: 'not-found',
    message: study === undefined ? `There is no study ${studyId}` : `Study ${studyId} has no runs any more`,
    where: '--study',
    hint: '"depthlab study list" shows all studies',
  });
}

async function epochChart(
  api: Api,
  { runs, study }: Subject,
  metric: EpochMetric,
  options: CurveChartOptions,
): Promise<Chart> {
  const rows = await api['epochs.list']({ runIds: runs.map(({ id }) => id) });
  const epochs = Map.groupBy(rows, ({ runId }) => runId);
  const columns = runs.map(runColumn);
  const groups =
    study === null
      ? columnGroups(columns, columnLooks(columns), epochs, metric)
      : studyGroups(runs, study.request.series, epochs);
  if (!rows.some((row) => EPOCH_METRICS[metric].read(row) !== null)) throw nothingThere(metric);
  const { x = 'epoch', band, members = false, logX = false, logY = false } = options;
  const axis = epochAxis(x, columns);
  return groupedCurve({
    groups,
    metric,
    theme: PAPER_THEME,
    band,
    showMembers: members,
    logX,
    logY,
    ...(axis === null ? {} : { axis }),
  });
}

function studyGroups(
  runs: readonly RunRow[],
  further: readonly FurtherSeries[],
  epochs: ReadonlyMap<number, readonly EpochRow[]>,
): CurveGroup[] {
  const members = runs.map((run) => curveMember(run, further));
  const heads = seriesHeads(new Set(members.map(({ series }) => series)), further);
  return heads.flatMap((head) => curveGroups(members, epochs, head));
}

/** A CSV has every step as it was measured; a drawing has as many points as it has room for. */
async function stepChart(
  api: Api,
  runs: readonly RunRow[],
  series: SeriesName,
  options: CurveChartOptions,
): Promise<Chart> {
  const begun = runs.filter(({ lastStep }) => lastStep > 0);
  if (begun.length === 0) throw nothingThere(series);
  const looks = columnLooks(begun.map(runColumn));
  const isTable = options.json === true || formatOf(options) === 'csv';
  const curves = await Promise.all(
    begun.map(async (run, index) => {
      const { firstStep, values } = await api['curves.read']({ runId: run.id, series });
      const { name, colours } = looks[index]!;
      return {
        ...curveFacts(run, name),
        colours,
        ...decimate(firstStep, values, isTable ? values.length : options.width),
      };
    }),
  );
  const { yName, unit } = STEP_CHARTS[series];
  const { x: xMode = 'step', smoothing: weight, logX = false, logY = false } = options;
  return learningCurve({
    curves,
    theme: PAPER_THEME,
    yName,
    unit,
    xMode,
    smoothing: isTable ? 0 : weight,
    logX,
    logY,
  });
}

function isEpochMetric(metric: EpochMetric | SeriesName): metric is EpochMetric {
  return metric in EPOCH_METRICS;
}

function smoothing(text: string): number {
  const weight = number(text);
  if (weight >= 0 && weight < 1) return weight;
  throw new InvalidArgumentError('A number from 0 to below 1 is needed here.');
}

function nothingThere(metric: string): UserError {
  return new UserError({
    code: 'not-found',
    message: `None of the runs has ${metric} yet`,
    where: '--metric',
    hint: '"depthlab runs show" says what a run has; a run with held-out images has validationAccuracy after each epoch',
  });
}
