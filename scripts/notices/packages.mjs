import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFile, readJson } from '../setup/files.mjs';
import { inRoot, root } from '../setup/paths.mjs';

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX expression
 * @property {string[]} texts the licence and notice files of the package, as they are
 */

/** The packages that the window is bundled from. They are development dependencies, and still they ship. */
export const bundledRoots = [
  'vue',
  'vue-router',
  'pinia',
  'echarts',
  'reka-ui',
  '@lucide/vue',
  '@tanstack/vue-table',
  '@tanstack/vue-virtual',
  '@vueuse/core',
  'tailwindcss',
  '@fontsource-variable/inter',
];

/** Binaries of one platform each; they are named by hand, so that the notices are the same on every machine. */
const oneOfPlatforms = /^node_modules\/node-(?:bin-)?(?:linux|darwin|win)-/;

/**
 * Every package that runs in the application: the dependencies, the bundled ones, and what both bring along.
 * @returns {Notice[]} by name and version
 */
export function shippedPackages() {
  const locked = readJson(inRoot('package-lock.json')).packages;
  const roots = [...Object.keys(locked[''].dependencies), ...bundledRoots];
  const paths = reachable(locked, roots).filter((path) => !oneOfPlatforms.test(path));
  const notices = paths.map((path) => noticeOf(path));
  const unique = new Map(notices.map((notice) => [`${notice.name}@${notice.version}`, notice]));
  return [...unique.values()].sort((a, b) => compare(`${a.name}@${a.version}`, `${b.name}@${b.version}`));
}

/**
 * The lockfile's paths that are reached from packages of the top level.
 * @param {Record<string, any>} locked
 * @param {readonly string[]} roots names
 * @returns {string[]}
 */
export function reachable(locked, roots) {
  const seen = new Set();
  const queue = roots.map((name) => `node_modules/${name}`);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || locked[path] === undefined) continue;
    seen.add(path);
    for (const name of Object.keys(locked[path].dependencies ?? {})) {
      const found = resolve(locked, path, name);
      if (found !== undefined) queue.push(found);
    }
  }
  return [...seen];
}

/**
 * As Node looks a package up: beside the one that asks, then outwards.
 * @param {Record<string, any>} locked
 * @param {string} from
 * @param {string} name
 * @returns {string | undefined}
 */
function resolve(locked, from, name) {
  for (let base = from; ;) {
    const path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (locked[path] !== undefined) return path;
    if (base === '') return undefined;
    const end = base.lastIndexOf('/node_modules/');
    base = end === -1 ? '' : base.slice(0, end);
  }
}

/**
 * @param {string} path
 * @returns {Notice}
 */
function noticeOf(path) {
  const folder = join(root, path);
  const about = readJson(join(folder, 'package.json'));
  if (about === undefined) throw new Error(`${path} is not installed; run "npm run setup" first`);
  const files = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file) && isFile(join(folder, file)))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { name: about.name, version: about.version, license: spdx(about), texts };
}

/** @param {any} about a package.json, perhaps of the times before SPDX */
function spdx(about) {
  const license = about.license ?? about.licenses?.[0];
  return typeof license === 'string' ? license : (license?.type ?? 'see its text');
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
