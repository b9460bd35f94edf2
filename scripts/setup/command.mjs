import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * A set-up that is stopped takes its tools along: an npm that went on alone would meet the next set-up.
 * @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal
 */
function endTogether(signal) {
  for (const child of running) child.kill('SIGTERM');
  process.exit(128 + constants.signals[signal]);
}

/** @param {import('node:child_process').ChildProcess} child */
function follow(child) {
  if (running.size === 0) for (const signal of signals) process.on(signal, endTogether);
  running.add(child);
  return () => {
    if (running.delete(child) && running.size === 0) for (const signal of signals) process.off(signal, endTogether);
  };
}

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 127 where the program could not be started
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} output both streams in the order of arrival
 */

/**
 * Runs a program to its end without a shell and without standard input. Never rejects: a program that is missing is exit
 * code 127, as in a shell.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} [options]
 * @returns {Promise<Outcome>}
 */
export function runCommand(program, args, { cwd, env = process.env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let stdout = '';
    let stderr = '';
    let output = '';
    const unfollow = follow(child);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stderr += text;
      output += text;
    });
    child.on('error', (error) => {
      unfollow();
      clearTimeout(timer);
      resolve({ code: 127, stdout, stderr: `${stderr}${error.message}`, output: `${output}${error.message}` });
    });
    child.on('close', (code, signal) => {
      unfollow();
      clearTimeout(timer);
      const ending = signal === null ? '' : `\n${program} was ended by ${signal}.`;
      resolve({ code: code ?? 1, stdout, stderr: stderr + ending, output: output + ending });
    });
  });
}

/**
 * Where a program lies on PATH.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findProgram(name, env = process.env) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    for (const extension of extensions) {
      const file = join(folder, name + extension);
      if (folder !== '' && existsSync(file) && statSync(file).isFile()) return file;
    }
  }
  return undefined;
}

/**
 * The last lines of a tool's output: what a reader needs when it failed.
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 12) {
  return stripVTControlCharacters(output).trimEnd().split('\n').slice(-lines).join('\n');
}
