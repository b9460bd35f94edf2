import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../integration/commandLine.ts';

/** The built application in one of its shells, with a data folder of its own, as a spec drives it. */
export interface Shell {
  readonly name: 'web' | 'electron';
  /** The window's page: another one after `relaunch`. */
  readonly page: Page;
  /** The data folder, where the command line finds the same owner. */
  readonly folder: string;
  readonly database: string;
  readonly complaints: Complaints;
  /** Opens an address of the application, as a link to it does. */
  open(address: string): Promise<void>;
  /** The file that an action of the user saves: the browser downloads it, the desktop asks where it goes. */
  savedBy(save: () => Promise<void>): Promise<SavedFile>;
  /** Ends the application and starts it again with the same folder and database. */
  relaunch(): Promise<void>;
  close(): Promise<void>;
}

export interface SavedFile {
  /** The name that was offered. */
  readonly name: string;
  readonly text: string;
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

/** What pages complained of: errors, warnings, violations of the policy, files that did not load. */
export interface Complaints {
  readonly all: readonly string[];
  /** Any other complaint fails the test. */
  expect(pattern: RegExp): void;
  listenTo(page: Page): void;
}

export function collectComplaints(): Complaints {
  const all: string[] = [];
  const expected: RegExp[] = [];
  onTestFinished(() => {
    const unexpected = all.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    expect(unexpected, 'complaints of the page').toEqual([]);
  });
  return {
    all,
    expect: (pattern) => expected.push(pattern),
    listenTo: (page) => {
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) all.push(`${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => all.push(error.stack ?? error.message));
      page.on('response', (response) => {
        if (response.status() >= 400) all.push(`${response.status()} for ${response.url()}`);
      });
    },
  };
}

/** The first view is there and its data is read. */
export async function waitUntilReady(page: Page): Promise<void> {
  await page.getByRole('contentinfo', { name: 'Status' }).getByText(/\.db$/).waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Waits for what no locator can wait for; resolves with the first answer that is not empty. */
export function until<Answer>(ask: () => Answer | Promise<Answer>) {
  return vi.waitUntil(ask, { timeout: 20_000 });
}
