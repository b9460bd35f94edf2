import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { readJson } from './setup/files.mjs';
import { requireNode } from './setup/node.mjs';
import { inModules, root } from './setup/paths.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';
import { countTests, inWords, sum } from './test/counts.mjs';
import { failuresOf } from './test/failures.mjs';
import { chooseSuites } from './test/suites.mjs';

/** @typedef {import('./test/counts.mjs').Counts} Counts */
/** @typedef {import('./test/suites.mjs').Suite} Suite */

const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** @type {string[]} */
const failures = [];

await stopOnFailure(async () => {
  const { chosen, rest } = chooseSuites(process.argv.slice(2));
  await setUp({ without: chosen.some(({ needsBuild }) => needsBuild) ? [] : [build] });
  const scratch = mkdtempSync(join(tmpdir(), 'depthlab-test-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  /** @type {Counts[]} */
  const counts = [];
  for (const suite of chosen) counts.push(await runSuite(suite, rest, scratch));
  const total = sum(counts);
  if (total.failed > 0) process.exitCode = 1;
  // Last of all, where whoever sees the end of a long log only still finds them.
  failures.forEach(print);
  print(inWords(total));
});

/**
 * @param {Suite} suite
 * @param {readonly string[]} rest
 * @param {string} scratch
 * @returns {Promise<Counts>}
 */
async function runSuite(suite, rest, scratch) {
  const began = performance.now();
  print(`\n=== ${suite.name} ===`);
  const readiness = (await suite.prepare?.()) ?? { env: {} };
  if ('missing' in readiness) return unable(suite, readiness);
  const report = join(scratch, `${suite.name}.json`);
  const vitest = [inModules('vitest', 'vitest.mjs'), 'run', '--project', suite.name, '--passWithNoTests'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const words = [...(readiness.wrapper ?? []), requireNode('Tests'), ...vitest, ...reporters, ...rest];
  const { code } = await runChild(words[0] ?? '', words.slice(1), {
    cwd: root,
    env: environment(readiness.env, scratch),
  });
  if (code > 128) process.exit(code);
  const counts = countTests(readJson(report), code);
  failures.push(...failuresOf(suite.name, readJson(report)));
  print(`${suite.name}: ${inWords(counts)} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return counts;
}

/**
 * A suite that this machine cannot run: skipped with the command that enables it, and a failure where nobody looks.
 * @param {Suite} suite
 * @param {{missing: string, remedy: string}} readiness
 * @returns {Counts}
 */
function unable(suite, { missing, remedy }) {
  const strict = process.env['CI'] === 'true';
  print(`${suite.name}: cannot run here: ${missing}. To enable it: ${remedy}`);
  return { passed: 0, failed: strict ? 1 : 0, skipped: strict ? 0 : 1 };
}

/**
 * Tests have a data folder of their own, never the user's.
 * @param {Record<string, string>} extra
 * @param {string} scratch
 */
function environment(extra, scratch) {
  return { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...extra, DEPTHLAB_HOME: join(scratch, 'home') };
}
