import { execFileSync } from 'node:child_process';
import { SetupFailure } from './failure.mjs';
import { isFile } from './files.mjs';
import { inModules } from './paths.mjs';

/** @typedef {import('./step.mjs').Step} Step */

const name = 'Node';
const oldest = 24;

/**
 * The Node that everything of Depthlab runs on: the one that came with the packages, or the caller's own where no package
 * holds one for this platform (macOS) and it is new enough.
 * @returns {string | undefined}
 */
function findNode() {
  const packaged = packagedNode();
  if (packaged !== undefined) return packaged;
  const own = Number(process.versions.node.split('.')[0]);
  return own >= oldest ? process.execPath : undefined;
}

/** The npm packages that carry Node's own binaries do not all follow one naming rule. */
function packagedNode() {
  const windows = process.platform === 'win32';
  const target = `${windows ? 'win' : process.platform}-${process.arch}`;
  const file = windows ? 'node.exe' : 'node';
  return [`node-${target}`, `node-bin-${target}`].map((name) => inModules(name, 'bin', file)).find(isFile);
}

/**
 * @param {string} step
 * @returns {string}
 */
export function requireNode(step) {
  const node = findNode();
  if (node !== undefined) return node;
  throw new SetupFailure(
    step,
    `The packages hold no Node ${oldest} for ${process.platform}-${process.arch} and yours is ${process.version}`,
    `Install Node ${oldest} or newer from nodejs.org and start again`,
  );
}

/** @type {Step} */
export const node = {
  name,
  async check() {
    return findNode() !== undefined && versionOf(requireNode(name)) >= oldest;
  },
  async install() {
    const file = requireNode(name);
    if (versionOf(file) < oldest) {
      throw new SetupFailure(
        name,
        `${file} does not run as Node ${oldest}`,
        'Run "npm ci --ignore-scripts" and start again',
      );
    }
  },
};

/** @param {string} file */
function versionOf(file) {
  if (file === process.execPath) return Number(process.versions.node.split('.')[0]);
  try {
    return Number(/^v(\d+)/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
