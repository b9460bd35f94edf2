import { CommanderError } from 'commander';
import { UserError, type UserErrorCode } from '../contract/errors.ts';
import { APPLICATION_VERSION } from '../host/version.ts';
import { networkFlag } from './networkOptions.ts';
import { endQuietlyOnClosedPipe, EXIT, report } from './output.ts';
import { createProgram } from './program.ts';
import { recipeFlag } from './recipeOptions.ts';

/** The options that other fields of a request were given by. */
const FLAGS: Readonly<Record<string, string>> = {
  'network.depth': '--arch',
  'network.version': '--arch',
  network: '--arch',
  'network.architecture': '--config',
  data: '--data',
  classes: '--classes',
  batchSize: '--batch-size',
  name: '--name',
  seeds: '--seeds',
  series: '--series',
  'series.label': '--series',
  runsAtOnce: '--runs-at-once',
  keepEvery: '--keep-every',
  checkpointBudgetBytes: '--checkpoint-budget',
};

/** What to do where the error itself has no advice. */
const HINTS: Partial<Record<UserErrorCode, string>> = {
  'bad-input': 'Add --help to see what there is.',
  'not-found': 'See "depthlab runs list" for what is recorded.',
};

/** Names the option in place of the request's field, and what to do. */
function forCommandLine(error: UserError): UserError {
  const list = /^(versions|depths)\b/.exec(error.where);
  const place = error.where.replace(/^series\.(?!label)/, '');
  const flag = recipeFlag(place) ?? networkFlag(place) ?? (list ? `--${list[1]}` : FLAGS[place]);
  const hint = error.hint || (HINTS[error.code] ?? '');
  return new UserError({ ...error.toData(), where: flag ?? error.where, hint });
}

async function run(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe();
  const json = argv.includes('--json');
  const program = createProgram(APPLICATION_VERSION, json);
  if (argv.length === 0) return program.outputHelp();
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) process.exitCode = report(forCommandLine(UserError.from(error)), json);
    else if (error.exitCode === 0) process.exitCode = EXIT.done;
    else {
      process.exitCode = EXIT.badInput;
      const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
      if (json) report(new UserError({ code: 'bad-input', message, hint: HINTS['bad-input']! }), json);
    }
  }
}

await run(process.argv.slice(2));
