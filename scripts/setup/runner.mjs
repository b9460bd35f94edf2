import { toFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { inCache } from './paths.mjs';

/** @typedef {import('./step.mjs').Step} Step */

/** Progress goes to standard error: standard output belongs to the command that follows. */
const print = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);

/**
 * Brings steps into place in their order, with a line from each. Where all are in place they cost their checks alone and
 * print nothing, unless `all` asks for a line.
 * @param {readonly Step[]} steps
 * @param {{all?: boolean, repair?: boolean, lockFile?: string}} [options] `repair` installs each step whatever its check says
 */
export async function runSteps(steps, { all = false, repair = false, lockFile = inCache('setup.lock') } = {}) {
  const began = performance.now();
  const missing = await firstMissing(steps, repair);
  if (missing === undefined) {
    if (all) print(`Set-up: all ${steps.length} steps are in place (${seconds(began)}).`);
    return;
  }
  const waiting = (/** @type {{pid: number}} */ { pid }) =>
    print(`Set-up: waiting for another one that runs (process ${pid}).`);
  await withLock(lockFile, waiting, async () => {
    for (const [index, step] of steps.entries())
      await runStep(step, `[${index + 1}/${steps.length}] ${step.name}`, repair);
  });
  print(`Set-up: done (${seconds(began)}).`);
}

/**
 * @param {readonly Step[]} steps
 * @param {boolean} repair
 */
async function firstMissing(steps, repair) {
  for (const step of steps) {
    if (repair || !(await step.check())) return step;
  }
  return undefined;
}

/**
 * @param {Step} step
 * @param {string} label
 * @param {boolean} repair
 */
async function runStep(step, label, repair) {
  const began = performance.now();
  try {
    if (!repair && (await step.check())) {
      print(`${label}: in place`);
      return;
    }
    await step.install((what) => print(`${label}: ${what}`));
    if (!(await step.check())) throw new Error('The step ran to its end and its result is not in place');
    print(`${label}: done (${seconds(began)})`);
  } catch (error) {
    throw toFailure(step.name, error);
  }
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
