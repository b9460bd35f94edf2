import { dirname, join, relative, sep } from 'node:path';
import { root } from './setup/paths.mjs';

/**
 * THE table of layers: each room of `src/` and the rooms that it may import. eslint and a test read it.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layers = {
  contract: [],
  link: ['contract'],
  engine: ['contract'],
  nets: ['contract', 'engine'],
  data: ['contract'],
  analysis: ['contract'],
  trainer: ['contract', 'link', 'engine', 'nets', 'data', 'analysis'],
  store: ['contract', 'analysis'],
  host: ['contract', 'link', 'store', 'analysis', 'nets', 'data'],
  main: ['host', 'link', 'contract'],
  preload: [],
  server: ['host', 'link', 'contract'],
  cli: ['host', 'server', 'link', 'contract', 'analysis'],
  renderer: ['contract', 'link', 'analysis'],
};

/**
 * Packages that only some places may import: one room for SQL and one for pictures, one file for TensorFlow.
 * @type {readonly {package: RegExp, places: readonly string[]}[]}
 */
export const packagePlaces = [
  { package: /^electron(?:\/|$)/, places: ['src/main/', 'src/preload/'] },
  { package: /^@tensorflow\//, places: ['src/trainer/session.ts'] },
  { package: /^(?:sharp|@julusian\/image-rs)$/, places: ['src/data/'] },
  { package: /^better-sqlite3(?:\/|$)/, places: ['src/store/'] },
  { package: /^(?:vue|vue-router|pinia|reka-ui|echarts|@vueuse\/|@lucide\/|@tanstack\/)/, places: ['src/renderer/'] },
];

/** What ships of the set-up: native code is checked before it is loaded, and a run says on which GPU it trained. */
const shippedScripts = [
  { path: 'scripts/setup/integrity.mjs', rooms: ['trainer', 'store', 'host', 'data'] },
  { path: 'scripts/setup/gpus.mjs', rooms: ['trainer', 'host'] },
];

/**
 * Why a file may not import something, as a sentence; undefined where it may. Tests are free: they ship with nothing.
 * @param {string} file absolute, or from the root
 * @param {string} specifier as it stands in the source
 * @returns {string | undefined}
 */
export function forbiddenImport(file, specifier) {
  const from = fromRoot(file);
  const room = roomOf(from);
  if (room === undefined || /\.(?:test|fixture)\.ts$/.test(from)) return undefined;
  const allowed = layers[room];
  if (allowed === undefined) return `src/${room} is no room of scripts/layers.mjs; add it there or move the file.`;
  if (!specifier.startsWith('.')) return forbiddenPackage(from, specifier);

  const target = fromRoot(join(root, dirname(from), specifier.replace(/\?.*$/, '')));
  const targetRoom = roomOf(target);
  if (targetRoom === room || (targetRoom !== undefined && allowed.includes(targetRoom))) return undefined;
  if (shippedScripts.some(({ path, rooms }) => target === path && rooms.includes(room))) return undefined;
  if (targetRoom === undefined && /^(?:package\.json|resources\/)/.test(target)) return undefined;
  const list = allowed.length === 0 ? 'no other room' : allowed.join(', ');
  return `src/${room} may import ${list}, not ${target}. The table is in scripts/layers.mjs.`;
}

/**
 * @param {string} from
 * @param {string} specifier
 */
function forbiddenPackage(from, specifier) {
  const rule = packagePlaces.find((one) => one.package.test(specifier));
  if (rule === undefined || rule.places.some((place) => from.startsWith(place))) return undefined;
  return `Only ${rule.places.join(' and ')} may import ${specifier}, not ${from}. The table is in scripts/layers.mjs.`;
}

/** @param {string} path */
function fromRoot(path) {
  return (path.startsWith(root) ? relative(root, path) : path).split(sep).join('/');
}

/** @param {string} path from the root */
function roomOf(path) {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}
