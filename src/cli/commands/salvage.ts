import type { Command } from 'commander';
import { salvageDatabase, type SalvagedRun, type SalvageReport } from '../../host/salvageDatabase.ts';
import { table } from '../format.ts';
import { EXIT, print, printJson } from '../output.ts';

const EXAMPLES = `
Examples:
  depthlab salvage depthlab.db
  depthlab salvage depthlab.db --to saved.db --json

The damaged file is only read. To go on with the salvaged runs and their checkpoints, which are found by the database's name, keep
the damaged file under another name and give its old name to the new one. Exit code 0 where nothing was lost, else 1.`;

export function addSalvageCommand(program: Command): void {
  program
    .command('salvage')
    .description('save what can be read of a damaged database in a new one')
    .argument('<file>', 'the damaged database')
    .option('--to <file>', 'the new one (default: <name>-salvaged beside it)')
    .option('--json', 'print one JSON document on standard output')
    .helpOption('-h, --help', 'display help')
    .addHelpText('after', EXAMPLES)
    .action(salvageCommand);
}

function salvageCommand(file: string, { to, json }: { to?: string; json?: boolean }): void {
  const report = salvageDatabase(file, to);
  if (json) printJson(report);
  else print(asText(report));
  const isWhole = report.tables.length === 0 && report.lostRunIds.length === 0 && report.runs.every(isUnharmed);
  if (!isWhole) process.exitCode = EXIT.failed;
}

function isUnharmed({ keptSteps, recordedSteps, doubtfulSegments }: SalvagedRun): boolean {
  return keptSteps === recordedSteps && doubtfulSegments.length === 0;
}

function asText({ to, runs, lostRunIds, tables }: SalvageReport): string {
  const rows = runs.map(({ id, name, keptSteps, recordedSteps, doubtfulSegments }) => [
    String(id),
    name,
    `${keptSteps}/${recordedSteps}`,
    doubtfulSegments.length === 0 ? '' : `from step ${doubtfulSegments.join(', ')} on`,
  ]);
  return [
    table(['run', 'name', 'steps kept', 'doubtful numbers'], rows),
    '',
    ...(lostRunIds.length > 0 ? [`Lost with all they had: runs ${lostRunIds.join(', ')}`] : []),
    ...tables.map(({ table: name, hasDamagedPages, refusedRows }) =>
      [
        `The table ${name}`,
        ...(hasDamagedPages ? ['has pages that cannot be read'] : []),
        ...(refusedRows > 0 ? [`had ${refusedRows} rows with impossible values`] : []),
      ].join(' '),
    ),
    `Salvaged into ${to}; the damaged file is as it was`,
  ].join('\n');
}
