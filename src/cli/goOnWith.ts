import { Option } from 'commander';
import type { RunRow } from '../contract/run.ts';
import { isUnderWay } from '../contract/runState.ts';
import type { Application } from '../host/application.ts';
import type { Api } from '../link/rpc.ts';
import { print } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { finish, open, type CommonOptions } from './session.ts';
import { trainToEnd } from './trainToEnd.ts';

export interface WaitOptions extends CommonOptions {
  readonly wait: boolean;
}

export function noWait(): Option {
  return new Option('--no-wait', 'where another application trains it: return at once');
}

/** Trains the run that a command made ready here, or shows its progress where another application trains it. */
export function goOnWith(options: WaitOptions, change: (api: Api) => Promise<RunRow>): Promise<void> {
  return withTraining(options, async (application, progress) => {
    const run = await change(application.api);
    if (!options.wait && application.host === null) return false;
    if (isUnderWay(run)) return trainToEnd(application, run.id, options.json ?? false, progress);
    // A run that rests keeps resting.
    print(`run ${run.id} rests; "depthlab runs resume ${run.id}" goes on with it`);
    return false;
  });
}

/** Opens the database for work that trains, which gives whether the user ended it, and closes it after that. */
export async function withTraining(
  options: CommonOptions,
  work: (application: Application, progress: Progress) => Promise<boolean>,
): Promise<void> {
  const application = await open(options);
  const progress = createProgress();
  let interrupted = false;
  try {
    interrupted = await work(application, progress);
  } finally {
    progress.end();
    await finish(application, progress, interrupted);
  }
}
