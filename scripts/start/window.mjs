import { provideElectron } from '../setup/electron.mjs';
import { root } from '../setup/paths.mjs';
import { runChild } from './child.mjs';
import { hasDisplay } from './display.mjs';

/** @typedef {import('./child.mjs').Ending} Ending */

/** How Electron ends at once where it cannot run at all: a missing library, no usable sandbox, no display access. */
const crashed = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'];
const atOnceMs = 10_000;

/**
 * Opens the desktop window and waits until it is closed.
 * @param {readonly string[]} args
 * @param {(line: string) => void} say
 * @returns {Promise<{code: number} | {missing: string}>} `missing`: why there can be no window
 */
export async function openWindow(args, say) {
  if (!(await hasDisplay())) return { missing: 'There is no display here' };
  const electron = await provideElectron((line) => say(`Window: ${line}`));
  if ('missing' in electron) return electron;
  const flags = unsandboxed() ? ['--no-sandbox'] : [];
  if (flags.length > 0) say('Window: opened without the Chromium sandbox, which does not run as root.');
  const ending = await runChild(electron.binary, [...flags, root, ...args], { env: electronEnvironment() });
  return couldNotRun(ending)
    ? { missing: `Electron does not run here (it ended at once with ${ending.signal ?? `code ${ending.code}`})` }
    : { code: ending.code };
}

/** @param {Ending} ending */
export function couldNotRun({ code, signal, elapsedMs }) {
  if (elapsedMs > atOnceMs) return false;
  return code === 127 || (signal !== null && crashed.includes(signal));
}

function unsandboxed() {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** With ELECTRON_RUN_AS_NODE, as some editors set it in their terminals, Electron opens no window. */
function electronEnvironment() {
  const env = { ...process.env };
  delete env['ELECTRON_RUN_AS_NODE'];
  return env;
}
