import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '../../src/contract/contract.ts';
import type { RunRow } from '../../src/contract/run.ts';
import { connectToOwner } from '../../src/host/ownerSocket.ts';
import { createClient, type Api } from '../../src/link/rpc.ts';

const CLI = resolve(import.meta.dirname, '../../out/main/cli.js');

/** The built command line, started in a folder of its own. */
export interface StartedCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

export function startCommand(folder: string, ...words: readonly string[]): StartedCommand {
  return startWith({}, folder, ...words);
}

/** With further variables in its environment. */
export function startWith(
  environment: Readonly<Record<string, string>>,
  folder: string,
  ...words: readonly string[]
): StartedCommand {
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, ...environment, DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    child,
    ended: new Promise((end) => child.on('close', (code, signal) => end({ code, signal, stdout, stderr }))),
  };
}

export function databaseOf(folder: string): string {
  return join(folder, 'depthlab.db');
}

/** A client of the application in a folder, as the command line is one; waits until it answers. */
export async function joinApplication(folder: string): Promise<{ api: Api; close: () => void }> {
  process.env['XDG_RUNTIME_DIR'] = folder;
  for (let tries = 0; tries < 1000; tries += 1) {
    const channel = await connectToOwner(databaseOf(folder));
    if (channel) return { api: createClient(contract, channel), close: () => channel.close() };
    await sleep(20);
  }
  throw new Error('No application answers');
}

/** Watches a run until it is as wanted; rejects when the application is gone. */
export function untilRun(api: Api, id: number, isWanted: (run: RunRow) => boolean): Promise<RunRow> {
  return new Promise((found, lost) => {
    const dispose = api['runs.watch'](
      {},
      (rows) => {
        const run = rows.find((row) => row.id === id && isWanted(row));
        if (!run) return;
        queueMicrotask(() => dispose());
        found(run);
      },
      lost,
    );
  });
}
