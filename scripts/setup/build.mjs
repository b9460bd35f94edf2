import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tail } from './command.mjs';
import { knownCause, SetupFailure } from './failure.mjs';
import { isFile, readJson, writeJson } from './files.mjs';
import { look } from './integrity.mjs';
import { requireNode } from './node.mjs';
import { inCache, inModules, inRoot, root } from './paths.mjs';

const name = 'Build';
const stampFile = () => inCache('setup', 'build.json');

/** What the bundles are made from. `scripts/setup` is in it because the trainer's bundle takes the integrity check along. */
const inputs = ['src', 'resources', 'scripts/setup', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** Without these the build is not whole, whatever its stamp says. */
const entries = [
  'out/main/main.js',
  'out/main/host.js',
  'out/main/trainer.js',
  'out/main/cli.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/** @type {import('./step.mjs').Step} */
export const build = {
  name,
  async check() {
    const stamp = readJson(stampFile());
    if (stamp === undefined || !entries.every((path) => isFile(inRoot(path)))) return false;
    return stamp.outputs === outputKey() && stamp.inputs === inputKey();
  },
  async install(say) {
    say('bundling the application');
    await rm(stampFile(), { force: true });
    const made = inputKey();
    const { code, output } = await runCommand(
      requireNode(name),
      [inModules('electron-vite', 'bin', 'electron-vite.js'), 'build'],
      { cwd: root, env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: '0' } },
    );
    const missing = entries.find((path) => !isFile(inRoot(path)));
    if (code !== 0 || missing !== undefined) {
      const known = knownCause(output);
      throw new SetupFailure(
        name,
        `${known?.cause ?? (code === 0 ? `electron-vite wrote no ${missing}` : 'electron-vite could not build the application')}:\n${tail(output)}\n`,
        known?.remedy ?? 'Mend what it reports ("npm run build" repeats it) and start again',
      );
    }
    await writeJson(stampFile(), { inputs: made, outputs: outputKey() });
  },
};

/** A hash of the content of every source that can reach a bundle. */
function inputKey() {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesBelow(inRoot(input)))) {
    if (path.endsWith('.test.ts') || path.endsWith('.md')) continue;
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Sizes and times are enough for what only the build itself writes. */
function outputKey() {
  const hash = createHash('sha256');
  for (const path of filesBelow(inRoot('out'))) {
    const seen = look(path);
    hash.update(`${path.slice(root.length)}\0${seen?.size}\0${seen?.mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((child) => filesBelow(join(path, child)));
}
