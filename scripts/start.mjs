import { statSync } from 'node:fs';
import { inRoot } from './setup/paths.mjs';
import { requireNode } from './setup/node.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';
import { planStart } from './start/plan.mjs';
import { openWindow } from './start/window.mjs';

const say = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);

await stopOnFailure(async () => {
  const plan = planStart(process.argv.slice(2));
  await setUp();
  if (plan.kind === 'command') return commandLine(plan.args);
  if (plan.kind === 'web') return serve(plan.args);
  const window = await openWindow(plan.args, say);
  if ('code' in window) {
    process.exitCode = window.code;
    return;
  }
  say(`${window.missing}: Depthlab is served on 127.0.0.1 and opens in your browser instead.`);
  return serve(plan.args);
});

/** @param {readonly string[]} args */
function serve(args) {
  return commandLine(['serve', '--open', ...args]);
}

/**
 * Runs a command of the application on its own Node.
 * @param {readonly string[]} args
 */
async function commandLine(args) {
  const { code } = await runChild(requireNode('Start'), [inRoot('out', 'main', 'cli.js'), ...args], {
    cwd: callersFolder(),
  });
  process.exitCode = code;
}

/** npm changes to the package's folder; the paths that a user types are meant from where npm was called. */
function callersFolder() {
  const folder = process.env['INIT_CWD'];
  return folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : process.cwd();
}
