import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tail } from './command.mjs';
import { knownCause, SetupFailure } from './failure.mjs';
import { isFile, readJson, sha256, writeJson } from './files.mjs';
import { look } from './integrity.mjs';
import { runNpm } from './npm.mjs';
import { inCache, inModules, inRoot, root } from './paths.mjs';

const name = 'Packages';
const stampFile = () => inCache('setup', 'packages.json');

/** What npm writes last when it has installed everything: an interrupted installation has none. */
const hiddenLockfile = () => inModules('.package-lock.json');

/** @type {import('./step.mjs').Step} */
export const packages = {
  name,
  async check() {
    const key = await installationKey();
    if (key === undefined) return false;
    if (readJson(stampFile())?.key === key) return true;
    const [wanted, installed] = [readJson(inRoot('package-lock.json')), readJson(hiddenLockfile())];
    if (differences(wanted?.packages, installed?.packages, isInstalled).length > 0) return false;
    await writeJson(stampFile(), { key });
    return true;
  },
  async install(say) {
    say('npm ci --ignore-scripts');
    const { code, output } = await runNpm(['ci', '--ignore-scripts', '--no-fund', '--no-audit']);
    if (code !== 0) throw npmFailure(output);
  },
};

/** Changes when the lockfile does, or when npm has written to node_modules. */
async function installationKey() {
  const seen = look(hiddenLockfile());
  if (seen === undefined) return undefined;
  return sha256(JSON.stringify([await readFile(inRoot('package-lock.json'), 'utf8'), seen.size, seen.mtimeMs]));
}

/** @param {string} path such as `node_modules/vue` */
function isInstalled(path) {
  return isFile(join(root, path, 'package.json'));
}

/**
 * Packages of the lockfile that node_modules does not hold as written there. A package that npm may leave out (another
 * platform's binary) counts only where it is there in another version.
 * @param {Record<string, any> | undefined} wanted
 * @param {Record<string, any> | undefined} installed
 * @param {(path: string) => boolean} isThere
 * @returns {string[]} their paths
 */
export function differences(wanted, installed, isThere) {
  if (wanted === undefined || installed === undefined) return ['node_modules'];
  return Object.keys(wanted).filter((path) => {
    if (path === '') return false;
    const [ours, theirs] = [wanted[path], installed[path]];
    if (theirs === undefined) return !(ours.optional || ours.devOptional || ours.peer);
    return theirs.version !== ours.version || theirs.integrity !== ours.integrity || !isThere(path);
  });
}

/** @param {string} output */
export function npmFailure(output) {
  if (/EINTEGRITY/.test(output)) {
    const which = /EINTEGRITY.*$/m.exec(output)?.[0] ?? 'a package';
    return new SetupFailure(
      name,
      `A fetched package has a wrong checksum (${which})`,
      'Run "npm cache clean --force" and start again; if it happens again, a proxy or mirror changes packages',
    );
  }
  if (/\bEUSAGE\b/.test(output)) {
    return new SetupFailure(
      name,
      'package.json and package-lock.json do not belong together',
      'Take both from the repository ("git checkout package.json package-lock.json") and start again',
    );
  }
  const known = knownCause(output);
  const said = output.split('\n').filter((line) => /npm error/i.test(line));
  return new SetupFailure(
    name,
    `${known?.cause ?? 'npm could not install the packages'} (${tail(said.join('\n') || output, 3)})`,
    known?.remedy ?? 'Run "npm ci --ignore-scripts" by hand, mend what it reports and start again',
  );
}
