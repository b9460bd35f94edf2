import { Option, type Command } from 'commander';
import { exportReportTables, exportStudyReport } from '../analysis/scaling/exportStudyReport.ts';
import { studyFacts } from '../analysis/studyFacts.ts';
import { TABLE_FORMATS, type TableFormat } from '../analysis/tables/writeTable.ts';
import { UserError } from '../contract/errors.ts';
import { TableMetric, type StudyRow } from '../contract/study.ts';
import { table } from './format.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { studyTableText } from './studyTable.ts';
import { identifier } from './values.ts';
import { writeText, writeTexts } from './writeText.ts';

interface MetricOptions extends CommonOptions {
  readonly metric: TableMetric;
}

interface ReportOptions extends MetricOptions {
  readonly format: TableFormat;
  readonly out?: string;
  readonly force?: boolean;
}

const REPORT_EXAMPLES = `
Markdown and JSON have all of it. LaTeX has its tables for \\input in a paper, with the packages that they need in its first
line; CSV has a file for each table, so that a column holds one kind of value, and --out names the folder.

Examples:
  depthlab study report 1 > report.md
  depthlab study report 1 --metric testError --format json --out report.json
  depthlab study report 1 --format latex --out report.tex
  depthlab study report 1 --format csv --out report`;

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
      .addOption(new Option('--format <format>', 'form of the report').choices(TABLE_FORMATS).default('markdown'))
      .option('--out <place>', 'write it to this file, or CSV to this folder')
      .option('--force', 'replace the files where there are some')
      .addHelpText('after', REPORT_EXAMPLES)
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

async function report(
  id: number,
  { metric, format: named, out, force = false, ...options }: ReportOptions,
): Promise<void> {
  const format = options.json ? 'json' : named;
  const read = () => withApi(options, (api) => api['studies.report']({ id, metric }));
  if (format === 'csv') {
    if (out === undefined) throw noFolder(id);
    return print(writeTexts(out, exportReportTables(await read()), force).join('\n'));
  }
  const { text } = exportStudyReport(await read(), format);
  print(out === undefined ? text : writeText(out, text, force));
}

function noFolder(id: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: 'In CSV a report is several tables, a file each',
    where: '--format csv',
    hint: `Name a folder for them with --out, or take the means alone with "depthlab export --study ${id} --format csv"`,
  });
}
