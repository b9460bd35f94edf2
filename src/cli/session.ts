import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../contract/errors.ts';
import { openApplication, type Application } from '../host/application.ts';
import { defaultDatabaseFile } from '../host/folders.ts';
import { createForkLauncher } from '../host/forkLauncher.ts';
import type { HostOptions } from '../host/options.ts';
import type { Api } from '../link/rpc.ts';
import { onInterrupt } from './interrupt.ts';
import type { Progress } from './progress.ts';

/** The bundle that runs lies in out/main beside the trainer's. */
const beside = (path: string) => resolve(import.meta.dirname, path);
/** Embedded data sets and published figures. */
export const RESOURCES_FOLDER = beside('../../resources');

/** The bundle that does tasks. */
export const TASK_FILE = beside('task.js');

export interface CommonOptions {
  readonly db?: string;
  readonly json?: boolean;
  readonly readOnly?: boolean;
}

/** Adds the options that every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--db <file>', `database (default: ${defaultDatabaseFile()})`).helpGroup('General:'))
    .addOption(new Option('--read-only', 'leave the database and its folder as they are').helpGroup('General:'))
    .addOption(new Option('--json', 'print one JSON document on standard output').helpGroup('General:'))
    .helpOption('-h, --help', 'display help')
    .optionsGroup('Options:');
}

/** The database that a command works with. */
export function databaseFileOf({ db }: CommonOptions): string {
  return resolve(db ?? defaultDatabaseFile());
}

/** What this shell brings to the host. */
export function hostOptions(options: CommonOptions, shell: 'cli' | 'web' = 'cli'): HostOptions {
  return {
    databaseFile: databaseFileOf(options),
    isReadOnly: options.readOnly ?? false,
    resourcesFolder: RESOURCES_FOLDER,
    launcher: createForkLauncher({ trainer: beside('trainer.js'), task: TASK_FILE }),
    shell,
    capabilities: { saveDialog: false, showInFolder: false, pickFiles: false },
    showFile: () => undefined,
    pickedPath: () => Promise.resolve(null),
  };
}

/** Opens the store, or joins the application that has it open; what follows cannot tell the difference. */
export function open(options: CommonOptions): Promise<Application> {
  return openApplication(hostOptions(options));
}

/**
 * Listens to signals while a command trains. Ctrl-C stops what it started. A polite kill, or the terminal's end, closes the
 * application where it trains here, within 10 s and without a test: the next start offers to go on.
 */
export function onTrainingInterrupt(application: Application, progress: Progress, stop: () => Promise<unknown>) {
  const stopByHand = () => {
    progress.say('Stopping after this step, with a checkpoint. Ctrl-C again ends at once.');
    stop().catch(() => undefined);
  };
  const close = () => {
    progress.say('Ending: a run that trains writes its checkpoint first.');
    void application.close();
  };
  return onInterrupt(stopByHand, application.host === null ? stopByHand : close);
}

/**
 * Closes the application after a command's own work. Runs that other programs queued here meanwhile are trained first,
 * unless the user ended the command.
 */
export async function finish(application: Application, progress: Progress, interrupted: boolean): Promise<void> {
  const { host } = application;
  if (host && !interrupted && host.busyRuns() > 0) {
    progress.say('Done. Runs that other programs started here are still training; Ctrl-C ends them.');
    await new Promise<void>((resolve) => {
      const ended = new AbortController();
      const { dispose } = onInterrupt(resolve);
      host.onBusyChange(() => {
        if (host.busyRuns() > 0) return;
        ended.abort();
        dispose();
        resolve();
      }, ended.signal);
    });
  }
  await application.close();
}

/**
 * Opens a database for a command that asks and is done; it trains nothing for others. One that does not exist is a
 * mistake, not an empty table.
 */
export async function withApi<Result>(options: CommonOptions, work: (api: Api) => Promise<Result>): Promise<Result> {
  const file = options.db === undefined ? null : resolve(options.db);
  if (file !== null && !existsSync(file)) {
    throw new UserError({
      code: 'bad-input',
      message: `There is no database ${file}`,
      where: '--db',
      hint: 'Leave --db out to read your own runs, or train into a new file with "depthlab train --db FILE"',
    });
  }
  const application = await openApplication(hostOptions(options), { isBrief: true });
  try {
    return await work(application.api);
  } finally {
    await application.close();
  }
}

/** The built page that `serve` serves. */
export const PAGE_FOLDER = beside('../renderer');
