import { Argument, type Command } from 'commander';
import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { hasTrainer, isUnderWay } from '../contract/runState.ts';
import type { Api } from '../link/rpc.ts';
import { followRuns } from './follow.ts';
import { onInterrupt } from './interrupt.ts';
import { EXIT, print } from './output.ts';
import { createProgress, type Drawing } from './progress.ts';
import { endedLine, progressLines } from './progressLine.ts';
import { addCommonOptions, withApi, type CommonOptions } from './session.ts';
import { identifiers } from './values.ts';

const HELP = `
Shows a bar for each run that trains, until all have ended or rest on the disk. Without numbers: all that wait or train, and those
that come meanwhile. Ctrl-C ends the watching, never a run. Without a terminal, lines come now and then.
--json prints one JSON document a line (newline-delimited JSON): each run as it is, then each again whenever it changes.
Exit code: 0 where the runs finished, were stopped or paused, or nothing trains; 1 where one failed, diverged or was cut off.

Examples:
  depthlab runs watch
  depthlab runs watch 12 13
  depthlab runs watch --json | while read -r run; do echo "$run"; done`;

/** Adds `runs watch`. */
export function addRunWatch(runs: Command): void {
  addCommonOptions(
    runs
      .command('watch')
      .description('follow runs that another program trains')
      .addArgument(new Argument('[id...]', 'numbers of the runs').argParser(identifiers))
      .addHelpText('after', HELP)
      .action((ids: number[], options: CommonOptions) =>
        withApi(options, (api) => watch(api, ids.length === 0 ? null : ids, options.json ?? false)),
      ),
  );
}

async function watch(api: Api, ids: number[] | null, isJson: boolean): Promise<void> {
  for (const id of ids ?? []) requireShown((await api['runs.get']({ id })).run);
  const progress = createProgress();
  const ended = new AbortController();
  const interrupt = onInterrupt(() => ended.abort());
  const told = new Set<number>();
  const onChange = (run: RunRow, all: readonly RunRow[]) => {
    if (isJson) process.stdout.write(`${JSON.stringify(run)}\n`);
    if (isUnderWay(run)) told.delete(run.id);
    else if (!told.has(run.id)) {
      told.add(run.id);
      progress.say(endedLine(run));
    }
    progress.show(drawing(all));
  };
  try {
    const runs = await followRuns(api, { ids, onChange, signal: ended.signal });
    progress.end();
    if (interrupt.wasInterrupted()) progress.say('No longer watching. The runs go on.');
    else if (runs.length === 0) (isJson ? progress.say : print)('No run trains or waits: there is nothing to watch.');
    process.exitCode = interrupt.wasInterrupted() ? EXIT.interrupted : exitCode(runs);
  } catch (error) {
    throw isGone(error) ? ownerGone() : error;
  } finally {
    progress.end();
    interrupt.dispose();
  }
}

/** A bar for each run that trains, and how many wait. */
function drawing(runs: readonly RunRow[]): Drawing {
  const waiting = runs.filter(({ state }) => state === 'queued').length;
  const bars = progressLines(runs.filter(hasTrainer));
  return (terminal) => [...bars(terminal), ...(waiting === 0 ? [] : [`${waiting} waiting`])];
}

function exitCode(runs: readonly RunRow[]): number {
  return runs.some(({ state }) => state === 'failed' || state === 'diverged' || state === 'interrupted')
    ? EXIT.failed
    : EXIT.done;
}

function requireShown({ id, deletedAt }: RunRow): void {
  if (deletedAt === null) return;
  throw new UserError({
    code: 'conflict',
    message: `Run ${id} is in the bin`,
    where: `run ${id}`,
    hint: `Restore it first: depthlab runs restore ${id}`,
  });
}

function isGone(error: unknown): boolean {
  return error instanceof UserError && error.code === 'unavailable';
}

function ownerGone(): UserError {
  return new UserError({
    code: 'unavailable',
    message: 'The application that trained them has ended',
    hint: '"depthlab runs list" shows how far they came, "depthlab runs resume" goes on with them.',
  });
}
