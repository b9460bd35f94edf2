import { Argument, type Command } from 'commander';
import { table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, withApi, type CommonOptions } from '../session.ts';
import { identifier } from '../values.ts';

export function addNormsCommand(program: Command): void {
  addCommonOptions(
    program
      .command('norms')
      .description("every layer's gradient norm at one step, in depth order")
      .addArgument(new Argument('<id>', 'number of the run').argParser(identifier))
      .option('--step <n>', 'the step (default: the newest)', identifier)
      .addHelpText('after', '\nExamples:\n  depthlab norms 12\n  depthlab norms 12 --step 100 --json')
      .action(norms),
  );
}

async function norms(id: number, options: CommonOptions & { step?: number }): Promise<void> {
  const at = options.step === undefined ? {} : { step: options.step };
  const profile = await withApi(options, (api) => api['norms.read']({ runId: id, ...at }));
  if (options.json) return printJson(profile);
  const rows = profile.layers.map(({ name, norm }) => [name, norm.toExponential(4)]);
  print(
    `run ${profile.runId}, step ${profile.step}, global norm ${profile.globalNorm.toExponential(4)}\n\n${table(['layer', 'norm'], rows)}`,
  );
}
