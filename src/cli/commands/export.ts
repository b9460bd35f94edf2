import { Option, type Command } from 'commander';
import { TableMetric } from '../../contract/study.ts';
import { tableOfStudy } from '../../analysis/tables/tableOfStudy.ts';
import { TABLE_FORMATS, writeTable, type TableFormat } from '../../analysis/tables/writeTable.ts';
import { print } from '../output.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { identifier } from '../values.ts';

interface ExportOptions extends CommonOptions {
  readonly study: number;
  readonly format: TableFormat;
  readonly metric: TableMetric;
}

export function addExportCommand(program: Command): void {
  addCommonOptions(
    program
      .command('export')
      .description("a study's paired table, ready for a paper")
      .requiredOption('--study <id>', 'number of the study', identifier)
      .addOption(new Option('--format <format>', 'form of the table').choices(TABLE_FORMATS).default('markdown'))
      .addOption(
        new Option('--metric <metric>', 'what the cells show').choices(TableMetric.options).default('testAccuracy'),
      )
      .addHelpText(
        'after',
        '\nExamples:\n  depthlab export --study 1 --format latex > table.tex\n  depthlab export --study 1 --format csv',
      )
      .action(exportStudy),
  );
}

async function exportStudy({ study, format, metric, ...options }: ExportOptions): Promise<void> {
  const table = tableOfStudy(await withApi(options, (api) => api['studies.table']({ id: study, metric })));
  print(writeTable(table, options.json ? 'json' : format));
}
