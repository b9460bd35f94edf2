import { Argument, type Command } from 'commander';
import { stateWord } from '../analysis/stateWord.ts';
import type { RunRow } from '../contract/run.ts';
import type { Api } from '../link/rpc.ts';
import { goOnWith, noWait, type WaitOptions } from './goOnWith.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifier } from './values.ts';

interface Control {
  readonly name: string;
  readonly description: string;
  readonly run: (api: Api, id: number) => Promise<RunRow>;
}

const CONTROLS: readonly Control[] = [
  {
    name: 'pause',
    description: 'let a run rest after its step, with a checkpoint; its memory is free',
    run: (api, id) => api['runs.pause']({ id, way: 'release' }),
  },
  {
    name: 'hold',
    description: 'let a run rest in memory after its step; it goes on within one',
    run: (api, id) => api['runs.pause']({ id, way: 'hold' }),
  },
  {
    name: 'stop',
    description: 'end a run after its step, with a checkpoint',
    run: async (api, id) => {
      await api['runs.stop']({ id });
      return (await api['runs.get']({ id })).run;
    },
  },
  {
    name: 'next',
    description: 'start a waiting run before all others that wait',
    run: (api, id) => api['runs.next']({ id }),
  },
];

/** Adds the commands that change what a run is doing. */
export function addRunControls(runs: Command): void {
  for (const { name, description, run } of CONTROLS) {
    addId(runs.command(name).description(description), `depthlab runs ${name} 12`).action(
      async (id: number, options: CommonOptions) => {
        const row = await withApi(options, (api) => run(api, id));
        if (options.json) printJson(row);
        else print(`run ${row.id} (${row.name}) is ${stateWord(row)}, at step ${row.lastStep} of ${row.totalSteps}`);
      },
    );
  }
  addId(
    runs
      .command('resume')
      .description('go on with a run that rests, or that ended before its last step, from its newest checkpoint')
      .addOption(noWait()),
    'depthlab runs resume 12',
  ).action((id: number, options: WaitOptions) => goOnWith(options, (api) => api['runs.resume']({ id })));
}

function addId(command: Command, example: string): Command {
  command.addArgument(new Argument('<id>', 'number of the run').argParser(identifier));
  return addCommonOptions(command.addHelpText('after', `\nExample:\n  ${example}`));
}
