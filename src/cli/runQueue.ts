import { Argument, Option, type Command } from 'commander';
import { queueOrder } from '../analysis/queueOrder.ts';
import { UserError } from '../contract/errors.ts';
import { networkName } from '../contract/network.ts';
import type { RunRow } from '../contract/run.ts';
import { table } from './format.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifier, number } from './values.ts';

/** Adds the commands for runs that wait. */
export function addRunQueue(runs: Command): void {
  addCommonOptions(
    runs
      .command('queue')
      .description('runs that wait, the next one first')
      .addOption(new Option('--at-once <n>', 'train so many runs side by side from now on').argParser(number))
      .addHelpText('after', '\nExamples:\n  depthlab runs queue\n  depthlab runs queue --at-once 2')
      .action(queue),
  );
  addCommonOptions(
    runs
      .command('move')
      .description('move a waiting run before another one that waits, or behind all')
      .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
      .addOption(new Option('--before <id>', 'the run that it is to start before').argParser(identifier))
      .addOption(new Option('--last', 'behind all').conflicts('before'))
      .addHelpText('after', '\nExamples:\n  depthlab runs move 12 --before 9\n  depthlab runs move 12 --last')
      .action(move),
  );
}

async function queue(options: CommonOptions & { atOnce?: number }): Promise<void> {
  const { atOnce } = options;
  const { waiting, runsAtOnce } = await withApi(options, async (api) => {
    const settings =
      atOnce === undefined ? await api['settings.get']({}) : await api['settings.change']({ runsAtOnce: atOnce });
    return { ...settings, waiting: queueOrder(await api['runs.list']({})) };
  });
  if (options.json) return printJson({ runsAtOnce, waiting });
  print(waiting.length === 0 ? 'No run waits.' : queueTable(waiting));
  print(runsAtOnce === 1 ? 'One run trains at a time.' : `Up to ${runsAtOnce} runs train side by side.`);
}

async function move(id: number, options: CommonOptions & { before?: number; last?: boolean }): Promise<void> {
  if (options.before === undefined && !options.last) {
    throw new UserError({
      code: 'bad-input',
      message: 'Where is the run to go?',
      where: '--before',
      hint: 'Give --before ID or --last; "runs next ID" starts it before all others',
    });
  }
  const waiting = await withApi(options, async (api) => {
    await api['runs.move']({ id, before: options.before ?? null });
    return queueOrder(await api['runs.list']({}));
  });
  if (options.json) printJson({ waiting });
  else print(queueTable(waiting));
}

function queueTable(waiting: readonly RunRow[]): string {
  return table(
    ['place', 'id', 'name', 'network', 'steps'],
    waiting.map((run, index) => [
      String(index + 1),
      String(run.id),
      run.name,
      networkName(run.network),
      String(run.totalSteps),
    ]),
  );
}
