import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const CLI = resolve(import.meta.dirname, '../../out/main/cli.js');

export interface CommandResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  /** Resolves with what it wrote so far, when that matches. */
  readonly said: (pattern: RegExp) => Promise<string>;
}

/** A folder of a test's own, gone when the test is over; it is also the command's data and run-time folder. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** Starts the built command line in a folder of its own. */
export function start(folder: string, ...arguments_: string[]): RunningCommand {
  const child = spawn(process.execPath, [CLI, ...arguments_], {
    env: { ...process.env, DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let heard: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<CommandResult>((resolveEnd) => {
    child.on('close', (code, signal) => resolveEnd({ code, signal, stdout, stderr }));
  });
  const said = (pattern: RegExp) =>
    new Promise<string>((found, failed) => {
      heard = () => {
        if (pattern.test(stderr)) found(stderr);
        else if (pattern.test(stdout)) found(stdout);
      };
      heard();
      void ended.then(() => failed(new Error(`The command ended without saying ${String(pattern)}:\n${stderr}`)));
    });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended, said };
}

export function run(folder: string, ...arguments_: string[]): Promise<CommandResult> {
  return start(folder, ...arguments_).ended;
}

/** Runs with `--json` and reads the one document that it prints. */
export async function runJson(
  folder: string,
  ...arguments_: string[]
): Promise<CommandResult & { readonly json: Record<string, unknown> }> {
  const result = await run(folder, ...arguments_, '--json');
  return { ...result, json: JSON.parse(result.stdout) as Record<string, unknown> };
}

/** The smallest run that still trains: one of the shallowest networks, a few steps. */
export const TINY = ['train', '--arch', 'resnet_v2_8', '--data', 'digits', '--batch-size', '16', '--max-steps', '3'];
