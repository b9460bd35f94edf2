import { browserEnvironment, electronEnvironment, latexEnvironment } from './machine.mjs';

/**
 * A suite: a vitest project, and what the machine must have for it.
 *
 * @typedef {object} Suite
 * @property {string} name of the project in vitest.config.ts
 * @property {boolean} needsBuild whether its tests start the built application
 * @property {() => Promise<Readiness>} [prepare]
 *
 * @typedef {{env: Record<string, string>, wrapper?: readonly string[]} | {missing: string, remedy: string}} Readiness
 * `wrapper`: the words before the test command; `remedy`: the one command that enables the suite
 */

/** In the order of their cost: what breaks first is told first. @type {readonly Suite[]} */
export const suites = [
  { name: 'unit', needsBuild: false },
  { name: 'oracle', needsBuild: false },
  { name: 'latex', needsBuild: false, prepare: latexEnvironment },
  { name: 'integration', needsBuild: true },
  { name: 'crash', needsBuild: true },
  { name: 'e2e-web', needsBuild: true, prepare: browserEnvironment },
  { name: 'e2e-electron', needsBuild: true, prepare: electronEnvironment },
];

/**
 * `npm test -- unit oracle -t name`: the suites come first, the rest is vitest's. Other words for a suite (`e2e`) choose
 * all that begin with them.
 * @param {readonly string[]} argv
 * @returns {{chosen: readonly Suite[], rest: readonly string[]}}
 */
export function chooseSuites(argv) {
  const matching = (/** @type {string} */ word) =>
    suites.filter(({ name }) => name === word || name.startsWith(`${word}-`));
  const end = argv.findIndex((word) => matching(word).length === 0);
  const words = end === -1 ? argv : argv.slice(0, end);
  const chosen = suites.filter((suite) => words.some((word) => matching(word).includes(suite)));
  return { chosen: chosen.length === 0 ? suites : chosen, rest: argv.slice(words.length) };
}
