import { Option, type Command } from 'commander';
import { longForm } from '../../analysis/tables/longForm.ts';
import { tableOfStudy } from '../../analysis/tables/tableOfStudy.ts';
import { TableMetric } from '../../contract/study.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { addTableOptions, giveTable, type TableCommandOptions } from '../tableOptions.ts';
import { identifier } from '../values.ts';

interface ExportOptions extends CommonOptions, TableCommandOptions {
  readonly study: number;
  readonly metric: TableMetric;
  readonly long?: boolean;
}

const EXAMPLES = `
Examples:
  depthlab export --study 1 --format latex --out table.tex
  depthlab export --study 1 --format latex --spread interval --decimals 1 --no-siunitx
  depthlab export --study 1 --format csv --long`;

export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .description("a study's paired table, ready for a paper")
    .requiredOption('--study <id>', 'number of the study', identifier)
    .addOption(
      new Option('--metric <metric>', 'what the cells show').choices(TableMetric.options).default('testAccuracy'),
    )
    .option('--long', 'a row for each version and depth, for plots and statistics')
    .addHelpText('after', EXAMPLES)
    .action(exportStudy);
  addCommonOptions(addTableOptions(command));
}

async function exportStudy(options: ExportOptions): Promise<void> {
  const { study, metric, long } = options;
  const table = tableOfStudy(await withApi(options, (api) => api['studies.table']({ id: study, metric })));
  const format = options.json ? 'json' : (options.format ?? 'markdown');
  giveTable(long ? (longForm(table) ?? table) : table, format, options);
}
