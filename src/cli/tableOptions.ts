import { InvalidArgumentError, Option, type Command } from 'commander';
import { selectColumns } from '../analysis/tables/arrange.ts';
import type { TableOptions } from '../analysis/tables/options.ts';
import type { Table } from '../analysis/tables/table.ts';
import { TABLE_FORMATS, writeTable, type TableFormat } from '../analysis/tables/writeTable.ts';
import { UserError } from '../contract/errors.ts';
import { nearMatch } from './nearMatch.ts';
import { print } from './output.ts';
import { commaSeparated } from './values.ts';
import { writeText } from './writeText.ts';

/** What the commands that print a table for a paper have alike. */
export interface TableCommandOptions {
  readonly format?: TableFormat;
  readonly columns?: string[];
  readonly decimals?: number;
  readonly spread: TableOptions['spread'];
  readonly bold: boolean;
  readonly siunitx: boolean;
  readonly notes: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

/** The digits that a decimal fraction of a table may have. */
const MOST_DECIMALS = 10;

/** Adds how a table is written, and where to. */
export function addTableOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'form of the table').choices(TABLE_FORMATS))
    .option('--columns <list>', 'these columns, in this order', commaSeparated)
    .option('--decimals <n>', 'digits after the point (default: as many as the spread allows)', decimals)
    .addOption(
      new Option('--spread <what>', 'what follows a mean: std, half of the 95 % interval, or nothing')
        .choices(['std', 'interval', 'none'])
        .default('std'),
    )
    .option('--no-bold', 'do not set the best in bold')
    .option('--no-siunitx', 'LaTeX without the columns of siunitx')
    .option('--no-notes', 'without the sentences below the table')
    .option('--out <file>', 'write the table here instead of printing it')
    .option('--force', 'replace the file where there is one');
}

/**
 * Prints a table, or writes it to its file, under the columns that were asked for.
 * @throws UserError where it has not such a column
 */
export function giveTable(table: Table, format: TableFormat, options: TableCommandOptions): void {
  const { columns, decimals: digits, spread, bold, siunitx, notes, out, force } = options;
  const shown =
    columns === undefined
      ? table
      : selectColumns(
          table,
          columns.map((id) => columnId(table, id)),
        );
  const text = writeTable(shown, format, { decimals: digits ?? null, spread, boldBest: bold, siunitx, notes });
  if (out === undefined) print(text);
  else print(writeText(out, text, force ?? false));
}

function columnId({ columns }: Table, id: string): string {
  return knownColumn(
    id,
    columns.map((column) => column.id),
  );
}

/** The id as the table writes it, whatever its case. */
export function knownColumn(id: string, ids: readonly string[]): string {
  const known = ids.find((candidate) => candidate.toLowerCase() === id.toLowerCase());
  if (known !== undefined) return known;
  const near = nearMatch(id, ids);
  throw new UserError({
    code: 'bad-input',
    message: `There is no column ${id}`,
    where: '--columns',
    hint: `${near === null ? '' : `Did you mean ${near}? `}Columns: ${ids.join(', ')}`,
  });
}

function decimals(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > MOST_DECIMALS) {
    throw new InvalidArgumentError(`A whole number from 0 to ${MOST_DECIMALS} is needed here.`);
  }
  return value;
}
