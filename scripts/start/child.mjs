import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * How a child ended.
 *
 * @typedef {object} Ending
 * @property {number} code as a shell tells it: 128 and the signal's number after a signal, 127 where it did not start
 * @property {NodeJS.Signals | null} signal
 * @property {number} elapsedMs
 */

/** One Ctrl-C arrives several times: from the terminal, and from npm, which passes on what it got. */
const sameSignalMs = 1000;

/**
 * Runs the application with our own input and output, hands each signal on to it once, and waits until it has ended by
 * itself: Ctrl-C lets a training write its checkpoint. The child has a process group of its own, so that no signal reaches
 * it past us.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<Ending>}
 */
export function runChild(program, args, options = {}) {
  const began = performance.now();
  const ownGroup = process.platform !== 'win32';
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit', detached: ownGroup });
    const stop = handSignalsOn((signal) => {
      if (ownGroup) child.kill(signal);
    });
    child.once('error', (error) => {
      stop();
      process.stderr.write(`${program} could not be started: ${error.message}\n`);
      resolve({ code: 127, signal: null, elapsedMs: performance.now() - began });
    });
    child.once('exit', (code, signal) => {
      stop();
      resolve({
        code: code ?? 128 + constants.signals[signal ?? 'SIGTERM'],
        signal,
        elapsedMs: performance.now() - began,
      });
    });
  });
}

/**
 * @param {(signal: NodeJS.Signals) => void} send
 * @returns {() => void} stops listening
 */
function handSignalsOn(send) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const accept = onceWithin(sameSignalMs);
  const listener = (/** @type {NodeJS.Signals} */ signal) => {
    if (accept(signal, performance.now())) send(signal);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/**
 * Lets a signal through unless the same one came just before.
 * @param {number} windowMs
 * @returns {(signal: string, atMs: number) => boolean}
 */
export function onceWithin(windowMs) {
  /** @type {Map<string, number>} */
  const last = new Map();
  return (signal, atMs) => {
    const before = last.get(signal);
    if (before !== undefined && atMs - before < windowMs) return false;
    last.set(signal, atMs);
    return true;
  };
}
