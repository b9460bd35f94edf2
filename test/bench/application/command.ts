import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a command of the built application that prints one JSON document, and reads it. */
export async function runCommand(cli: string, home: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], {
    env: { ...process.env, DEPTHLAB_HOME: home, XDG_RUNTIME_DIR: home },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as unknown;
}
