import { Argument, type Command } from 'commander';
import { healthWord, isFault } from '../../analysis/health/words.ts';
import { HEALTH_RULES } from '../../analysis/health/rules.ts';
import type { HealthFinding, RunHealth } from '../../contract/health.ts';
import type { RunRow } from '../../contract/run.ts';
import { table } from '../format.ts';
import { EXIT, print, printJson } from '../output.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { identifiers } from '../values.ts';

const HELP = `
Reads every step of the runs and judges them by rules; --rules prints those, with their thresholds and what they rest on.
Without numbers: one line for each run. A run that trains is judged by its steps so far.
Exit code: 0 where no fault holds at the newest step, 1 where one does, as in the run's verdict.

Examples:
  depthlab health 12
  depthlab health 12 13 --json
  depthlab health --rules`;

interface HealthOptions extends CommonOptions {
  readonly rules?: boolean;
}

type Judged = RunHealth & { readonly name: string };

export function addHealthCommand(program: Command): void {
  addCommonOptions(
    program
      .command('health')
      .description(
        'whether runs are healthy, vanishing, exploding, diverged, stalled or have dead layers, and since which step',
      )
      .addArgument(new Argument('[id...]', 'numbers of the runs').argParser(identifiers))
      .option('--rules', 'the rules instead, with their thresholds')
      .addHelpText('after', HELP)
      .action(health),
  );
}

async function health(ids: readonly number[], options: HealthOptions): Promise<void> {
  if (options.rules) return printRules(options);
  const judged = await withApi(options, async (api) => {
    const runs = await api['runs.list']({});
    const runIds = ids.length > 0 ? [...ids] : runs.map(({ id }) => id).toSorted((left, right) => right - left);
    const verdicts = runIds.length === 0 ? [] : await api['health.read']({ runIds });
    return verdicts.map((verdict) => ({ ...verdict, name: nameOf(verdict.runId, runs) }));
  });
  if (options.json) printJson({ runs: judged });
  else if (judged.length === 0) print('No runs yet. Start one with "depthlab train" or "depthlab study".');
  else print(ids.length > 0 ? judged.map(inFull).join('\n\n') : overview(judged));
  if (judged.some(({ verdict }) => isFault(verdict))) process.exitCode = EXIT.failed;
}

function nameOf(runId: number, runs: readonly RunRow[]): string {
  return runs.find(({ id }) => id === runId)?.name ?? '';
}

function printRules(options: HealthOptions): void {
  const rules = HEALTH_RULES.map(({ id, fault, title, statement, reason }) => ({
    id,
    fault,
    title,
    statement,
    reason,
  }));
  if (options.json) printJson({ rules });
  else print(rules.map(({ title, statement, reason }) => `${title}\n  ${statement}.\n  Why: ${reason}.`).join('\n\n'));
}

function overview(judged: readonly Judged[]): string {
  const rows = judged.map(({ runId, name, verdict, lastStep, findings }) => {
    const worst = findings.find(({ fault }) => fault === verdict);
    return [
      String(runId),
      name,
      healthWord(verdict),
      worst === undefined ? '-' : String(worst.firstStep),
      worst?.layer?.name ?? '-',
      String(lastStep),
    ];
  });
  return table(['id', 'name', 'health', 'since step', 'layer', 'steps'], rows);
}

function inFull({ runId, name, verdict, sentence, findings, checks }: Judged): string {
  const rows = checks.map(({ rule, nearest }) => [titleOf(rule), nearest]);
  return [
    `run ${runId}  ${name}: ${healthWord(verdict)}`,
    ...(findings.length === 0 ? [`${sentence}.`] : []),
    ...findings.map(findingText),
    table(['rule', 'nearest to its threshold'], rows),
  ].join('\n\n');
}

function findingText({ rule, firstStep, lastStep, holds, layer, sentence, advice }: HealthFinding): string {
  const steps = holds ? `since step ${firstStep}` : `in steps ${firstStep} to ${lastStep}, no longer`;
  return [
    `${titleOf(rule)}, ${steps}${layer === null ? '' : `, ${layer.name}`}`,
    `  ${sentence}.`,
    ...(advice.length === 0 ? [] : ['  Worth a try:', ...advice.map((text) => `    ${text}`)]),
  ].join('\n');
}

function titleOf(rule: HealthFinding['rule']): string {
  return HEALTH_RULES.find(({ id }) => id === rule)!.title;
}
