import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../integration/commandLine.ts';

/** The built application in one of its shells, with a data folder of its own, as a spec drives it. */
export interface Shell {
  readonly name: 'web' | 'electron';
  /** The window's page: another one after `relaunch`. */
  readonly page: Page;
  /** The data folder, where the command line finds the same owner. */
  readonly folder: string;
  readonly database: string;
  /** Opens an address of the application, as a link to it does. */
  open(address: string): Promise<void>;
  /** Ends the application and starts it again with the same folder and database. */
  relaunch(): Promise<void>;
  close(): Promise<void>;
}

export interface ShellOptions {
  /** A database to start with, copied; a new one by default. */
  readonly from?: string;
}

export type OpenShell = (options?: ShellOptions) => Promise<Shell>;

/** A data folder with a database for one test. */
export function dataFolder({ from }: ShellOptions): { folder: string; database: string } {
  const folder = temporaryFolder();
  const database = join(folder, 'runs.db');
  if (from !== undefined) copyFileSync(from, database);
  return { folder, database };
}

/** What a page complained of: errors, warnings, violations of its policy, files that did not load. Fails the test. */
export function watchForProblems(page: Page): void {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} for ${response.url()}`);
  });
  onTestFinished(() => expect(problems, 'the page complained').toEqual([]));
}
