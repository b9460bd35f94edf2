import { build } from './build.mjs';
import { decoders } from './decoders.mjs';
import { node } from './node.mjs';
import { packages } from './packages.mjs';
import { runSteps } from './runner.mjs';
import { sqlite } from './sqlite.mjs';
import { tensorflow } from './tensorflow.mjs';

/** In the order in which each needs those before it. */
const steps = [packages, node, tensorflow, sqlite, decoders, build];

/**
 * Everything but Electron, which the window alone needs.
 * @param {{all?: boolean, repair?: boolean, without?: readonly import('./step.mjs').Step[]}} [options]
 */
export function setUp({ without = [], ...options } = {}) {
  const wanted = steps.filter((step) => !without.includes(step));
  return runSteps(wanted, options);
}
