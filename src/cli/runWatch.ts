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

const NOTHING = 'No run trains or waits: there is nothing to watch.';

/** Adds `runs watch`. */
export function addRunWatch(runs: Command): void {
  addCommonOptions(
    runs
      .command('watch')
      .description('follow runs that another program trains')
      .addArgument(new Argument('[id...]', 'numbers of the runs').argParser(identifiers))
      .addHelpText('after', HELP)
      .action((ids: number[], options: CommonOptions) => watch(options, ids.length === 0 ? null : ids)),
  );
}

async function watch(options: CommonOptions, ids: number[] | null): Promise<void> {
  const progress = createProgress();
  const ended = new AbortController();
  const interrupt = onInterrupt(() => ended.abort());
  const told = new Set<number>();
  let followed = ids ?? [];
  const onChange = (run: RunRow, all: readonly RunRow[]) => {
    followed = ids ?? all.map(({ id }) => id);
    if (options.json) process.stdout.write(`${JSON.stringify(run)}\n`);
    if (isUnderWay(run)) told.delete(run.id);
    else if (!told.has(run.id)) {
      told.add(run.id);
      progress.say(endedLine(run));
    }
    progress.show(drawing(all));
  };
  const follow = async (api: Api) => {
    for (const run of await rowsOf(api, followed)) requireShown(run);
    return followRuns(api, { ids, onChange, signal: ended.signal });
  };
  /** The application that trains them may close as soon as the last has ended, before it has said so. */
  const readAgain = async () => {
    const runs = await withApi(options, (api) => rowsOf(api, followed));
    for (const run of runs) onChange(run, runs);
    if (runs.some((run) => isUnderWay(run) || run.state === 'interrupted')) throw ownerGone();
    return runs;
  };
  try {
    const runs = await withApi(options, follow).catch((error: unknown) => {
      if (isGone(error)) return readAgain();
      throw error;
    });
    progress.end();
    if (interrupt.wasInterrupted()) progress.say('No longer watching. The runs go on.');
    else if (runs.length === 0) (options.json ? progress.say : print)(NOTHING);
    process.exitCode = interrupt.wasInterrupted() ? EXIT.interrupted : exitCode(runs);
  } finally {
    progress.end();
    interrupt.dispose();
  }
}

function rowsOf(api: Api, ids: readonly number[]): Promise<RunRow[]> {
  return Promise.all(ids.map(async (id) => (await api['runs.get']({ id })).run));
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
