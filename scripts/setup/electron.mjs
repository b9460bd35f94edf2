import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { knownCause } from './failure.mjs';
import { isFile, readJson, writeJson } from './files.mjs';
import { compareFile, stampFile, stampName } from './integrity.mjs';
import { requireNode } from './node.mjs';
import { inCache, inModules } from './paths.mjs';

/**
 * Electron is the one part that may be missing: without it the same application runs in a browser. So this is no step of
 * the set-up, and its failure is an answer.
 *
 * @typedef {{binary: string} | {missing: string}} ElectronAnswer `missing` is a clause for a sentence
 */

const step = 'Electron';
const refusalFile = () => inCache('setup', 'electron-refused.json');
const stampFolder = () => inCache('setup', 'electron');

/** After a refusal the network is left alone for a while, so that a second start takes seconds. */
const refusalHoldsMs = 24 * 60 * 60 * 1000;

/**
 * The Electron that opens the window, fetched on the first call by the npm package's own installer, which checks the
 * archive against the checksums that the package carries.
 * @param {(line: string) => void} say
 * @param {{now?: number, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<ElectronAnswer>}
 */
export async function provideElectron(say, { now = Date.now(), env = process.env } = {}) {
  const given = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') {
    const binary = join(given, platformPath());
    return isFile(binary)
      ? { binary }
      : { missing: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${platformPath()}` };
  }
  const installed = await installedElectron();
  if (installed !== undefined) return { binary: installed };
  const refusal = readJson(refusalFile());
  if (isFresh(refusal, electronVersion(), now)) return { missing: refusal.cause };
  return fetchElectron(say, now);
}

/**
 * @param {any} refusal
 * @param {string} version
 * @param {number} now
 */
export function isFresh(refusal, version, now) {
  if (typeof refusal?.at !== 'number' || typeof refusal.cause !== 'string') return false;
  return refusal.version === version && now >= refusal.at && now - refusal.at < refusalHoldsMs;
}

/** Forgets a refusal: the next start asks the network again. */
export async function forgetElectronRefusal() {
  await rm(refusalFile(), { force: true });
}

/**
 * @param {(line: string) => void} say
 * @param {number} now
 * @returns {Promise<ElectronAnswer>}
 */
async function fetchElectron(say, now) {
  const version = electronVersion();
  say(`fetching Electron ${version} (about 120 MB)`);
  await rm(inModules('electron', 'dist'), { recursive: true, force: true });
  await rm(inModules('electron', 'path.txt'), { force: true });
  const { code, output } = await runCommand(requireNode(step), [inModules('electron', 'install.js')], {
    timeoutMs: 20 * 60_000,
  });
  const binary = packagedBinary();
  if (code === 0 && isFile(binary)) {
    const about = stampFile(inModules('electron', 'dist'), platformPath());
    await writeJson(join(stampFolder(), stampName), { version, files: [about] });
    await forgetElectronRefusal();
    return { binary };
  }
  const cause = `Electron ${version} could not be fetched (${knownCause(output)?.cause.toLowerCase() ?? firstError(output)})`;
  await writeJson(refusalFile(), { at: now, version, cause });
  return { missing: cause };
}

/** @returns {Promise<string | undefined>} */
async function installedElectron() {
  const stamp = readJson(join(stampFolder(), stampName));
  if (stamp?.version !== electronVersion()) return undefined;
  for (const file of stamp.files) {
    const state = compareFile(inModules('electron', 'dist'), file);
    if (state === 'changed' || state === 'missing') return undefined;
  }
  return packagedBinary();
}

const packagedBinary = () => inModules('electron', 'dist', platformPath());

/** @returns {string} */
const electronVersion = () => readJson(inModules('electron', 'package.json'))?.version ?? 'unknown';

function platformPath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} output */
function firstError(output) {
  return (/^.*(?:Error|error).*$/m.exec(output)?.[0] ?? 'its installer failed').trim().slice(0, 120);
}
