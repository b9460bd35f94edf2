import { Option } from 'commander';
import type { RunRow } from '../contract/run.ts';
import { isUnderWay } from '../contract/runState.ts';
import type { Api } from '../link/rpc.ts';
import { print } from './output.ts';
import { createProgress } from './progress.ts';
import { finish, open, type CommonOptions } from './session.ts';
import { trainToEnd } from './trainToEnd.ts';

export interface WaitOptions extends CommonOptions {
  readonly wait: boolean;
}

export function noWait(): Option {
  return new Option('--no-wait', 'where another application trains it: return at once');
}

/** Trains the run that a command made ready here, or shows its progress where another application trains it. */
export async function goOnWith(options: WaitOptions, change: (api: Api) => Promise<RunRow>): Promise<void> {
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    const run = await change(application.api);
    if (!options.wait && application.host === null) return;
    // A run that rests keeps resting.
    if (!isUnderWay(run)) print(`run ${run.id} rests; "depthlab runs resume ${run.id}" goes on with it`);
    else interrupted = await trainToEnd(application, run.id, options.json ?? false, progress);
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}
