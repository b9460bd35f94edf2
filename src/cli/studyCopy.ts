import { statSync } from 'node:fs';
import { Argument, Option, type Command } from 'commander';
import { formatBytes } from '../analysis/quantity.ts';
import { copyStudy, KEPT_LAYERS, type KeptLayers } from '../host/copyStudy.ts';
import { print, printJson } from './output.ts';
import { addCommonOptions, databaseFileOf, withApi, type CommonOptions } from './session.ts';
import { identifier } from './values.ts';

interface CopyOptions extends CommonOptions {
  readonly layers: KeptLayers;
}

const EXAMPLES = `
Examples:
  depthlab study copy 1 digits.db
  depthlab study copy 1 digits.db --layers first-seed   smaller: gradient norms of one seed only

The copy has the study's runs with all results, curves and settings, and no checkpoints. Open it with --db.`;

/** Adds the command that gives a study away. */
export function addStudyCopy(study: Command): void {
  const command = study
    .command('copy')
    .description('copy a study to a database of its own, to share it')
    .addArgument(new Argument('<id>', 'number of the study').argParser(identifier))
    .argument('<file>', 'the new database')
    .addOption(
      new Option('--layers <which>', 'runs whose values by layer (gradient norms and others) are kept')
        .choices(KEPT_LAYERS)
        .default('all'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (id: number, file: string, options: CopyOptions) => {
      // Brings a file of an earlier format up to this one, and says so where it cannot be opened.
      await withApi(options, (api) => api['studies.list']({}));
      const copy = copyStudy(databaseFileOf(options), file, id, options.layers);
      const { size: bytes } = statSync(copy);
      if (options.json) printJson({ file: copy, bytes });
      else print(`study ${id} is in ${copy} (${formatBytes(bytes)})`);
    });
  addCommonOptions(command);
}
