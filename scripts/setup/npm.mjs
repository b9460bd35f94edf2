import { delimiter, dirname, join } from 'node:path';
import { findProgram, runCommand } from './command.mjs';
import { isFile } from './files.mjs';
import { root } from './paths.mjs';

/**
 * Runs npm with a Node that does not lie in node_modules: `npm ci` deletes that one first.
 * @param {readonly string[]} args
 * @param {{cwd?: string}} [options]
 */
export function runNpm(args, { cwd = root } = {}) {
  const env = environment();
  const script = process.env['npm_execpath'];
  const node = findProgram(process.platform === 'win32' ? 'node.exe' : 'node', env) ?? findProgram('node', env);
  if (script?.endsWith('.js') && isFile(script) && node !== undefined)
    return runCommand(node, [script, ...args], { cwd, env });
  const npm = findProgram('npm', env);
  if (npm === undefined) {
    return Promise.resolve({
      code: 127,
      stdout: '',
      stderr: 'npm was not found on PATH',
      output: 'npm was not found on PATH',
    });
  }
  const commandFile = /\.(?:cmd|bat)$/i.test(npm);
  const besides = join(dirname(npm), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return commandFile && node !== undefined
    ? runCommand(node, [besides, ...args], { cwd, env })
    : runCommand(npm, args, { cwd, env });
}

/** PATH without node_modules, and without what the npm script that called us put into the environment. */
function environment() {
  const path = (process.env['PATH'] ?? process.env['Path'] ?? '').split(delimiter);
  const outside = path.filter((folder) => !folder.includes('node_modules'));
  const entries = Object.entries(process.env).filter(
    ([key]) => !/^npm_(?!config_(?:cache|registry|userconfig|cafile|proxy|https_proxy|noproxy))/i.test(key),
  );
  return { ...Object.fromEntries(entries), PATH: outside.join(delimiter) };
}
