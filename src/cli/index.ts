import { CommanderError } from 'commander';
import { UserError } from '../contract/errors.ts';
import { APPLICATION_VERSION } from '../host/version.ts';
import { endQuietlyOnClosedPipe, EXIT, report } from './output.ts';
import { createProgram } from './program.ts';
import { recipeFlag } from './recipeOptions.ts';

/** The options that other fields of a request were given by. */
const FLAGS: Readonly<Record<string, string>> = {
  'network.depth': '--arch',
  'network.version': '--arch',
  'network.block': '--block',
  network: '--arch',
  data: '--data',
  classes: '--classes',
  batchSize: '--batch-size',
  name: '--name',
  seeds: '--seeds',
};

/** Names the option in place of the request's field. */
function withFlag(error: UserError): UserError {
  const list = /^(versions|depths)\b/.exec(error.where);
  const flag = recipeFlag(error.where) ?? (list ? `--${list[1]}` : FLAGS[error.where]);
  return flag ? new UserError({ ...error.toData(), where: flag }) : error;
}

async function run(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe();
  const json = argv.includes('--json');
  const program = createProgram(APPLICATION_VERSION, json);
  if (argv.length === 0) return program.outputHelp();
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) process.exitCode = report(withFlag(UserError.from(error)), json);
    else if (error.exitCode === 0) process.exitCode = EXIT.done;
    else {
      process.exitCode = EXIT.badInput;
      const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
      if (json) report(new UserError({ code: 'bad-input', message, hint: 'Add --help to see what there is.' }), json);
    }
  }
}

await run(process.argv.slice(2));
