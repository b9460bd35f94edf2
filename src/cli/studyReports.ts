import { Option, type Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { exportStudyReport } from '../analysis/scaling/exportStudyReport.ts';
import { studyFacts } from '../analysis/studyFacts.ts';
import { TABLE_FORMATS, type TableFormat } from '../analysis/tables/writeTable.ts';
import { TableMetric, type StudyRow } from '../contract/study.ts';
import { table } from './format.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { studyTableText } from './studyTable.ts';
import { identifier } from './values.ts';

interface MetricOptions extends CommonOptions {
  readonly metric: TableMetric;
}

interface ReportOptions extends MetricOptions {
  readonly format: TableFormat;
  readonly out?: string;
}

/** `study list`, `study show ID` and `study report ID`: what studies that have been started say. */
export function addStudyReports(study: Command): void {
  addCommonOptions(study.command('list').description('all studies').action(list));
  addCommonOptions(
    addMetric(
      study
        .command('show')
        .description("a study's paired table and its verdicts")
        .argument(...ID),
    ).action(show),
  );
  addCommonOptions(
    addMetric(
      study
        .command('report')
        .description('all that a study says: tests, fits, published figures, time and memory')
        .argument(...ID),
    )
      .addOption(
        new Option('--format <format>', 'markdown and json have all of it, latex and csv the paired table')
          .choices(TABLE_FORMATS)
          .default('markdown'),
      )
      .option('--out <file>', 'write it here instead')
      .addHelpText(
        'after',
        '\nExamples:\n  depthlab study report 1 > report.md\n  depthlab study report 1 --metric testError --format json --out report.json',
      )
      .action(report),
  );
}

const ID = ['<id>', 'number of the study', identifier] as const;

function addMetric(command: Command): Command {
  return command.addOption(
    new Option('--metric <metric>', 'what is compared').choices(TableMetric.options).default('testAccuracy'),
  );
}

async function list(options: CommonOptions): Promise<void> {
  const studies = await withApi(options, (api) => api['studies.list']({}));
  if (options.json) printJson({ studies });
  else print(studies.length === 0 ? 'No studies yet. Start one with "depthlab study".' : studyList(studies));
}

function studyList(studies: readonly StudyRow[]): string {
  return table(
    ['id', 'name', 'finished', 'ended otherwise', 'pending', 'what'],
    studies.map(({ id, name, request, finished, ended, pending }) => [
      String(id),
      name,
      String(finished),
      String(ended),
      String(pending),
      studyFacts(request).slice(0, 4).join(', '),
    ]),
  );
}

async function show(id: number, { metric, ...options }: MetricOptions): Promise<void> {
  const found = await withApi(options, (api) => api['studies.table']({ id, metric }));
  if (options.json) printJson(found);
  else print(studyTableText(found));
}

async function report(id: number, { metric, format, out, ...options }: ReportOptions): Promise<void> {
  const found = await withApi(options, (api) => api['studies.report']({ id, metric }));
  const { text } = exportStudyReport(found, options.json ? 'json' : format);
  if (out === undefined) return print(text);
  await writeFile(out, text);
  process.stderr.write(`Wrote ${out}\n`);
}
