import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What set-up fetches and builds outside node_modules, so that `npm ci` does not throw it away. */
const cache = join(root, '.cache');

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** @param {string[]} parts */
export const inCache = (...parts) => join(cache, ...parts);

/** @param {string[]} parts */
export const inModules = (...parts) => join(root, 'node_modules', ...parts);
