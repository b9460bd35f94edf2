import { Argument, type Command } from 'commander';
import { groupNames } from '../../analysis/comparison/columns.ts';
import { compareRuns, differingFacts, type ComparisonSources } from '../../analysis/comparison/comparison.ts';
import { comparisonTable } from '../../analysis/comparison/comparisonTable.ts';
import { factsOf } from '../../analysis/comparison/facts.ts';
import { fieldName } from '../../analysis/runFields.ts';
import { UserError } from '../../contract/errors.ts';
import { comparisonSources } from '../comparisonSources.ts';
import { comparisonText } from '../comparisonText.ts';
import { nearMatch } from '../nearMatch.ts';
import { print } from '../output.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { addTableOptions, giveTable, type TableCommandOptions } from '../tableOptions.ts';
import { commaSeparated, identifier, runNumbers } from '../values.ts';

interface CompareOptions extends CommonOptions, TableCommandOptions {
  readonly baseline?: number[];
  readonly groupBy?: string[];
  readonly atEpoch?: number;
  readonly all?: boolean;
}

const EXAMPLES = `
Examples:
  depthlab compare 3 5
  depthlab compare 1-12 --group-by learningRate --baseline 4
  depthlab compare 1-12 --group-by allButSeed --at-epoch 10 --format latex --out table.tex

Shows the settings and the environment that differ, and all results. A group has mean ± standard deviation (runs); failed
runs are counted and named, not averaged. The baseline of groups is the group of the run that is named.`;

export function addCompareCommand(program: Command): void {
  const command = program
    .command('compare')
    .description('runs side by side: what differs in their settings and environment, and their results')
    .addArgument(new Argument('<runs...>', 'numbers of runs, e.g. 3 5 8-12').argParser(runNumbers))
    .option('--baseline <runs>', 'run, or runs, that the others are compared with', runNumbers)
    .option('--group-by <list>', 'settings that make a group, or allButSeed', commaSeparated)
    .option('--at-epoch <n>', 'adds the results of this epoch', identifier)
    .option('--all', 'settings and environment that do not differ too')
    .addHelpText('after', EXAMPLES)
    .action(compare);
  addCommonOptions(addTableOptions(command));
}

async function compare(named: readonly number[], options: CompareOptions): Promise<void> {
  const { baseline = [], groupBy = [], atEpoch = null, all = false } = options;
  const format = options.json ? 'json' : (options.format ?? (options.out === undefined ? undefined : 'markdown'));
  const ids = [...new Set([...named, ...baseline])];
  const sources = await withApi(options, (api) => comparisonSources(api, ids));
  const comparison = compareRuns(sources, {
    groupBy: groupBy.map((name) => groupName(name, sources)),
    baseline,
    atEpoch,
  });
  const facts = all ? comparison.facts : differingFacts(comparison);
  if (format === undefined) print(comparisonText(comparison, facts));
  else giveTable(comparisonTable(comparison, facts, format), format, options);
}

/** The name as the facts have it, whatever its case; short names are those of the filter of runs. */
function groupName(name: string, sources: ComparisonSources): string {
  const names = groupNames(factsOf(sources.runs, sources));
  const meant = [name, fieldName(name) ?? name].map((one) => one.toLowerCase());
  const known = names.find((candidate) => meant.includes(candidate.toLowerCase()));
  if (known !== undefined) return known;
  const near = nearMatch(name, names);
  throw new UserError({
    code: 'bad-input',
    message: `Runs cannot be grouped by ${name}`,
    where: '--group-by',
    hint: `${near ? `Did you mean ${near}? ` : ''}They can be by ${names.join(', ')}`,
  });
}
