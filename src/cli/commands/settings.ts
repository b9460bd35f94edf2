import type { Command } from 'commander';
import { Option } from 'commander';
import { formatBytes, formatCount } from '../../analysis/quantity.ts';
import type { SettingsChange, SettingsEffect, SettingsInEffect } from '../../contract/settings.ts';
import { confirm } from '../confirm.ts';
import { table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { number, numberOrOff } from '../values.ts';

interface SettingsOptions extends CommonOptions {
  readonly runsAtOnce?: number;
  readonly keepEvery?: number | 'off';
  readonly checkpointBudget?: number | 'off';
  readonly yes?: boolean;
}

const GIGABYTE = 1e9;

const EXAMPLES = `
Examples:
  depthlab settings
  depthlab settings --keep-every 10 --checkpoint-budget 50
  depthlab settings --keep-every off

The last two checkpoints of a run and its best are always kept. A change holds at once: where it lets go of checkpoints, it asks
first on a terminal, and wants --yes elsewhere. DEPTHLAB_KEEP_EVERY and DEPTHLAB_CHECKPOINT_BUDGET_GB in the environment of the
application go before these settings.`;

/** Adds the command for what is kept with a database for all its runs. */
export function addSettingsCommand(program: Command): void {
  addCommonOptions(
    program
      .command('settings')
      .description('what holds for all runs of a database: shown, or changed')
      .addOption(new Option('--runs-at-once <n>', 'train so many runs side by side').argParser(number))
      .addOption(
        new Option('--keep-every <n>', 'keep every so manieth checkpoint of a run too, or "off"').argParser(
          numberOrOff,
        ),
      )
      .addOption(
        new Option('--checkpoint-budget <GB>', 'what all checkpoints may take, or "off"').argParser(numberOrOff),
      )
      .option('--yes', 'delete checkpoints that nothing keeps any more without asking')
      .addHelpText('after', EXAMPLES)
      .action(settings),
  );
}

async function settings(options: SettingsOptions): Promise<void> {
  const change = changeFrom(options);
  const { state, effect } = await withApi(options, async (api) => {
    const planned = await api['settings.preview'](change);
    if (Object.keys(change).length === 0) return { state: await api['settings.get']({}), effect: planned };
    if (planned.deletedCheckpoints > 0 && options.yes !== true) {
      await confirm(`${deletion(planned)} Nothing brings them back. Go on? [y/N] `, '--yes');
    }
    return { state: await api['settings.change'](change), effect: planned };
  });
  if (options.json) printJson({ ...state, ...effect });
  else print(asText(state, effect));
}

function changeFrom({ runsAtOnce, keepEvery, checkpointBudget }: SettingsOptions): SettingsChange {
  return {
    ...(runsAtOnce === undefined ? {} : { runsAtOnce }),
    ...(keepEvery === undefined ? {} : { keepEvery: keepEvery === 'off' ? null : keepEvery }),
    ...(checkpointBudget === undefined
      ? {}
      : { checkpointBudgetBytes: checkpointBudget === 'off' ? null : Math.round(checkpointBudget * GIGABYTE) }),
  };
}

function deletion({ deletedCheckpoints, deletedBytes }: SettingsEffect): string {
  return `${formatCount(deletedCheckpoints)} checkpoints (${formatBytes(deletedBytes)}) are not kept then, and are deleted.`;
}

function asText({ runsAtOnce, keepEvery, checkpointBudgetBytes, setBy }: SettingsInEffect, effect: SettingsEffect) {
  const from = (variable: string | undefined) => (variable === undefined ? '' : `set by ${variable}`);
  const kept = keepEvery === null ? 'off' : `every ${formatCount(keepEvery)}. checkpoint`;
  const budget = checkpointBudgetBytes === null ? 'off' : formatBytes(checkpointBudgetBytes);
  return [
    table(
      ['setting', 'value', ''],
      [
        ['runs at once', String(runsAtOnce), ''],
        ['keep every', kept, from(setBy.keepEvery)],
        ['checkpoint budget', budget, from(setBy.checkpointBudgetBytes)],
      ],
    ),
    `All checkpoints take ${formatBytes(effect.checkpointBytes - effect.deletedBytes)}.`,
    ...(effect.deletedCheckpoints === 0
      ? []
      : [
          `Deleted ${formatCount(effect.deletedCheckpoints)}: ${formatBytes(effect.deletedBytes)} are free on the disk.`,
        ]),
  ].join('\n');
}
